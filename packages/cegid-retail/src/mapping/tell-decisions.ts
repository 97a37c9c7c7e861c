import { consentKey, isStanding, type ConsentState } from "@volenti/core/adapter";
import type { Settings } from "../settings.ts";
import type { OptInJudgement } from "./judge-opt-in.ts";
import type { KnownStates } from "./known-states.ts";
import { placeOf } from "./opt-in-keys.ts";
import { OPT_IN_FIELDS, type OptInField, type OptInSet } from "./opt-in-set.ts";

type Telling = "superseded" | "waiting" | "unmapped" | "applied";

/** How the decisions fared, by their ids. One that stands under several keys is told by the best of them. */
export function tellDecisions(request: {
  settings: Settings;
  states: readonly ConsentState[];
  known: KnownStates;
  judgements: ReadonlyMap<OptInField, OptInJudgement>;
  isReceiptStale: boolean;
  /** As they are to be written. */
  target: OptInSet;
}): { readonly superseded: readonly string[]; readonly waiting: readonly string[]; readonly unmapped: readonly string[] } {
  const tellings = new Map<string, Set<Telling>>();
  for (const state of request.states.filter(({ status }) => isStanding(status))) {
    const told = tellings.get(state.decisionId) ?? new Set();
    tellings.set(state.decisionId, told.add(tellState({ ...request, state })));
  }
  const idsOf = (telling: Telling, better: readonly Telling[]): readonly string[] =>
    [...tellings].flatMap(([id, told]) => (told.has(telling) && !better.some((other) => told.has(other)) ? [id] : [])).toSorted();
  return {
    superseded: idsOf("superseded", ["applied", "waiting"]),
    waiting: idsOf("waiting", ["applied"]),
    unmapped: idsOf("unmapped", ["applied", "waiting", "superseded"]),
  };
}

function tellState(request: {
  settings: Settings;
  state: ConsentState;
  known: KnownStates;
  judgements: ReadonlyMap<OptInField, OptInJudgement>;
  isReceiptStale: boolean;
  target: OptInSet;
}): Telling {
  const { settings: { consent }, state, known, judgements, isReceiptStale, target } = request;
  if (!known.standing.includes(state)) return "superseded";
  const place = placeOf({ consent, key: state });
  if (place.kind === "nowhere") return consent.purposeFields.has(consentKey(state)) ? "applied" : "unmapped";
  const answer = known.of(state)?.answer;
  if (place.kind === "receipt") return isReceiptStale ? "superseded" : answer === "granted" && !target.sendReceiptByMail ? "waiting" : "applied";
  if (place.kind === "partner" && answer === "granted") return OPT_IN_FIELDS.some((field) => target.optIns[field] === "ForPartners") ? "applied" : "waiting";
  if (place.kind !== "optIns" || answer === "refused") return "applied";
  const judged = place.fields.map((field) => judgements.get(field));
  if (judged.some((judgement) => judgement?.isStale === true)) return "superseded";
  return judged.some((judgement) => judgement?.isWaiting === true) ? "waiting" : "applied";
}
