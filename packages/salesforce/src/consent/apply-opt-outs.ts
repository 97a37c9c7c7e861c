import { ANY_CHANNEL, foldConsentStates, isGrant, type Catalogue, type ConsentState } from "@volenti/core/adapter";
import { isFlagOfDecision } from "./is-flag-of-decision.ts";
import type { OptOut } from "./opt-out.ts";
import { overruledAt } from "./overruled-at.ts";

/**
 * What stands once the opt-out flags that no decision set are heard: a grant that such a flag overrules reads as a refusal
 * of the flag's instant, of a decision id that begins `staff-flag-`. A grant without a channel keeps its own state, and gets
 * a refusal beside it for each channel of its purpose that is flagged.
 */
export function applyOptOuts(request: {
  states: readonly ConsentState[];
  optOuts: readonly OptOut[];
  catalogue: Catalogue;
}): readonly ConsentState[] {
  const { states, optOuts, catalogue } = request;
  const ofOthers = optOuts.filter(({ channel, stamp }) => !isFlagOfDecision({ stamp, channel, states }));
  if (ofOthers.length === 0) return states;
  const refusals = ofOthers.flatMap((optOut) => states.flatMap((state) => toRefusal({ state, optOut, catalogue }) ?? []));
  return [...foldConsentStates([...states, ...refusals]).values()];
}

function toRefusal(request: { state: ConsentState; optOut: OptOut; catalogue: Catalogue }): ConsentState | null {
  const { state, optOut, catalogue } = request;
  const { channel, stamp } = optOut;
  const isOfChannel = state.channel === channel || (state.channel === ANY_CHANNEL && declares({ catalogue, purpose: state.purpose, channel }));
  const effectiveAt = isGrant(state.status) && isOfChannel ? overruledAt({ grant: state, stamp }) : null;
  if (effectiveAt === null) return null;
  return { ...state, channel, status: "refused", effectiveAt, decisionId: `staff-flag-${effectiveAt}`, validUntil: null, recipients: null, attributes: null };
}

function declares(request: { catalogue: Catalogue; purpose: string; channel: string }): boolean {
  return request.catalogue.purposes.some(({ key, channels }) => key === request.purpose && channels.includes(request.channel));
}
