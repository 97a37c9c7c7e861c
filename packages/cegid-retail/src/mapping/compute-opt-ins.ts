import { consentKey } from "@volenti/core/adapter";
import { advanceSlots } from "./advance-slots.ts";
import { foldPrivacy, type Fold } from "./fold-privacy.ts";
import { judgeFlags } from "./judge-flags.ts";
import { judgeOptIn, type OptInPast } from "./judge-opt-in.ts";
import { learnStates } from "./known-states.ts";
import { listVoices } from "./list-voices.ts";
import { listFieldKeys, listPartnerKeys, placeOf } from "./opt-in-keys.ts";
import type { OptInRequest } from "./opt-in-request.ts";
import { equalOptInSets, mapOptIns, OPT_IN_FIELDS, readOptInSet, type OptInSet } from "./opt-in-set.ts";
import { readPurposeStates, type PurposeState } from "./purpose-state.ts";
import { equalLastWritten, type LastWritten } from "./slots.ts";
import { tellDecisions } from "./tell-decisions.ts";

export interface OptInPlan {
  /** All of it, as it is to be written. */
  readonly target: OptInSet;
  readonly folds: readonly Fold[];
  /** Ids of decisions that change nothing, as something that is not older stands; sorted, as the other lists. */
  readonly superseded: readonly string[];
  /** Ids of grants that wait: for the grant of another purpose of the same opt-in, for an opt-in to share, for an address. */
  readonly waiting: readonly string[];
  /** Ids of decisions that no opt-in, no flag and no text can hold. A refusal among them is an error, never to be dropped. */
  readonly unmapped: readonly string[];
  /** What the slots are to hold; null: nothing of ours was ever written, nor is now. */
  readonly written: LastWritten | null;
  /** What the texts of purposes are to hold. */
  readonly purposeStates: readonly PurposeState[];
  /** Whether the opt-ins, the slots or the texts of purposes have to be written. */
  readonly changed: boolean;
}

/** Decisions that Y2 holds nothing of do not move the slots: they would keep others from being stored. */
const HELD: ReadonlySet<string> = new Set(["optIns", "partner", "receipt"]);

/** What all that is decided makes of a record's opt-ins. Where nothing arrives everything stays as it is stored. */
export function computeOptIns(request: OptInRequest): OptInPlan {
  const { settings, catalogue, stored, states, standing, last, now, takenBack } = request;
  const { consent } = settings;
  const recorded = readPurposeStates({ settings, stored });
  const known = learnStates({ catalogue, states, standing, recorded, isNew: stored === null, now });
  const past: OptInPast = { stored, last, timeZone: settings.timeZone, takenBack };
  const before = readOptInSet(stored);
  const fieldKeys = listFieldKeys({ consent, catalogue, states });
  const judgements = new Map(
    OPT_IN_FIELDS.map((field) => {
      const keys = fieldKeys.get(field)?.map(known.of) ?? [];
      return [field, judgeOptIn({ past, field, keys, partner: listPartnerKeys({ consent, catalogue, field }).map(known.of) })];
    }),
  );
  const touched = new Set(OPT_IN_FIELDS.filter((field) => judgements.get(field)?.isTouched === true));
  const voices = listVoices({ granularity: settings.privacyGranularity, past, fieldKeys, judgements });
  const judged = mapOptIns((field) => judgements.get(field)?.value ?? before.optIns[field]);
  const { optIns, folds } = foldPrivacy({ granularity: settings.privacyGranularity, optIns: judged, touched, voices });
  const flags = judgeFlags({ request, past, known, fieldKeys, optIns, before });
  const target: OptInSet = { optIns, ...flags.values };
  const told = tellDecisions({ settings, states, known, judgements, isReceiptStale: flags.isReceiptStale, target });
  const superseded = new Set(told.superseded);
  const purposeStates = known.standing
    .filter((state) => consent.purposeFields.has(consentKey(state)) && !superseded.has(state.decisionId))
    .map((state): PurposeState => (known.of(state)?.answer === "lapsed" ? { ...state, isLapsed: true } : state));
  const hasChanged = !equalOptInSets(target, before);
  const kept = states.filter((state) => !superseded.has(state.decisionId) && HELD.has(placeOf({ consent, key: state }).kind));
  const written = advanceSlots({ past, target: optIns, judgements, kept, hasChanged });
  const hasNewTexts = purposeStates.some((state) => isNews({ state, recorded }));
  return {
    target,
    folds,
    ...told,
    written,
    purposeStates,
    changed: hasChanged || hasNewTexts || (settings.slots !== null && !equalLastWritten(last, written)),
  };
}

function isNews(request: { state: PurposeState; recorded: ReadonlyMap<string, PurposeState> }): boolean {
  const { state, recorded } = request;
  const before = recorded.get(consentKey(state));
  return before?.decisionId !== state.decisionId || before.isLapsed !== state.isLapsed;
}
