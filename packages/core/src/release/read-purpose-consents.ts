import type { Purpose } from "../model/purpose.ts";
import { readConsent, standingFor } from "../model/consent-fold.ts";
import { ANY_CHANNEL, type ConsentState } from "../model/consent-state.ts";
import type { ConsentScope, PurposeConsent } from "./release-facts.ts";

const UNNARROWED: ConsentScope = { attributes: null, recipients: null };

/** Reads what stands for each purpose, by the rules of minimisation: one channel that permits is enough. */
export function readPurposeConsents(request: {
  standing: ReadonlyMap<string, ConsentState>;
  /** The current version of each. */
  purposes: Iterable<Purpose>;
  now: number;
}): ReadonlyMap<string, PurposeConsent> {
  const { standing, purposes, now } = request;
  return new Map([...purposes].map((purpose) => [purpose.key, readOne({ standing, purpose, now })]));
}

function readOne(request: { standing: ReadonlyMap<string, ConsentState>; purpose: Purpose; now: number }): PurposeConsent {
  const { standing, purpose, now } = request;
  const scopes: ConsentScope[] = [];
  let isGranted = false;
  let isRefused = false;
  for (const channel of purpose.channels.length === 0 ? [ANY_CHANNEL] : purpose.channels) {
    const state = standingFor({ standing, purpose: purpose.key, channel });
    const answer = readConsent({ state, purpose, now });
    if (answer === "granted") isGranted = true;
    if (answer === "refused") isRefused = true;
    if (purpose.mechanism === "optIn" && answer === "granted" && state !== undefined) scopes.push(state);
    if (purpose.mechanism !== "optIn" && answer !== "refused") scopes.push(UNNARROWED);
  }
  return { isPermitted: scopes.length > 0, isGranted, isRefused, scopes };
}

/** What stands where nobody decided anything: an opt-in purpose permits nothing, the others do until refused. */
export function consentOf(request: { purpose: Pick<Purpose, "mechanism">; answer: "granted" | "refused" | "none" }): PurposeConsent {
  const { purpose, answer } = request;
  const isPermitted = purpose.mechanism === "optIn" ? answer === "granted" : answer !== "refused";
  return { isPermitted, isGranted: answer === "granted", isRefused: answer === "refused", scopes: isPermitted ? [UNNARROWED] : [] };
}
