import {
  ANY_CHANNEL,
  consentKey,
  foldConsentStates,
  greaterConsentState,
  readConsent,
  standingFor,
  type Catalogue,
  type ConsentState,
} from "@volenti/core/adapter";
import type { DecisionOrigin } from "./read-origins.ts";
import type { ConsentDecisionView, ConsentView, DestinationConsentView } from "./unified-view.ts";

/** The states of a person in one destination, one a purpose and channel. */
export interface DestinationStates {
  readonly id: string;
  readonly standing: ReadonlyMap<string, ConsentState>;
}

export function toDestinationStates(request: { id: string; states: readonly ConsentState[] }): DestinationStates {
  return { id: request.id, standing: foldConsentStates(request.states) };
}

/** What stands over all destinations, a row a purpose and channel; the origin of decisions is filled in where it is known. */
export function mergeConsents(request: {
  catalogue: Catalogue;
  destinations: readonly DestinationStates[];
  origins: ReadonlyMap<string, DecisionOrigin>;
  now: number;
}): readonly ConsentView[] {
  const { catalogue, destinations, origins, now } = request;
  if (destinations.length === 0) return [];
  return listKeys({ catalogue, destinations }).map(({ purpose, channel }) => {
    const current = catalogue.purposes.find((candidate) => candidate.key === purpose && candidate.current);
    const read = (state: ConsentState | undefined) => readConsent({ state, purpose: current, now });
    let greatest: ConsentState | undefined;
    const rows = destinations.map(({ id, standing }): DestinationConsentView => {
      const state = standingFor({ standing, purpose, channel });
      greatest = greaterConsentState(greatest, state);
      return { id, answer: read(state), decisionId: state?.decisionId ?? null, status: state?.status ?? null };
    });
    return {
      purpose,
      channel,
      answer: read(greatest),
      decision: greatest === undefined ? null : describeDecision({ state: greatest, origins }),
      disagreement: rows.some((row) => row.answer !== rows[0]?.answer || row.decisionId !== rows[0]?.decisionId),
      destinations: rows,
    };
  });
}

function listKeys(request: {
  catalogue: Catalogue;
  destinations: readonly DestinationStates[];
}): readonly Pick<ConsentState, "purpose" | "channel">[] {
  const keys = new Map<string, Pick<ConsentState, "purpose" | "channel">>();
  const add = (key: Pick<ConsentState, "purpose" | "channel">): void => {
    keys.set(consentKey(key), { purpose: key.purpose, channel: key.channel });
  };
  for (const { key: purpose, current, channels } of request.catalogue.purposes) {
    if (!current) continue;
    for (const channel of channels.length === 0 ? [ANY_CHANNEL] : channels) add({ purpose, channel });
  }
  for (const { standing } of request.destinations) {
    for (const state of standing.values()) add(state);
  }
  return [...keys]
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([, key]) => key);
}

function describeDecision(request: {
  state: ConsentState;
  origins: ReadonlyMap<string, DecisionOrigin>;
}): ConsentDecisionView {
  const { decisionId, status, purposeVersion, effectiveAt, validUntil, recipients, attributes } = request.state;
  const origin = request.origins.get(decisionId);
  return {
    decisionId,
    status,
    purposeVersion,
    effectiveAt: new Date(effectiveAt).toISOString(),
    validUntil: validUntil === null ? null : new Date(validUntil).toISOString(),
    recipients,
    attributes,
    notice: origin?.notice ?? null,
    collectionPoint: origin?.collectionPoint ?? null,
  };
}
