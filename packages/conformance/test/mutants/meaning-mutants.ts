import type { ConnectorV1, ConsentState } from "@volenti/core/adapter";
import type { Mutant } from "./mutant.ts";

/** Says that a status comes back as what it means, and reads each state as `change` has it. */
function readsBut(change: (state: ConsentState) => ConsentState, statusDetail: "exact" | "meaning" = "meaning"): Mutant["mutate"] {
  return ({ connector }) => {
    const { consent } = connector;
    const changed: ConnectorV1["consent"] = {
      ...consent,
      getState: async (request) => consent.getState(request).then((state) => (state === null ? null : change(state))),
      listStates: async (request) => (await consent.listStates(request)).map(change),
    };
    return { ...connector, traits: { ...connector.traits, statusDetail }, consent: changed };
  };
}

const STATUS_CASES = ["consent-read/declared-statuses-come-back", "staleness/every-pair-of-statuses"];

/** Adapters that say of a state's meaning what they do not keep. */
export const MEANING_MUTANTS: readonly Mutant[] = [
  {
    name: "says that the meaning of a status comes back, and reads refusals as endings",
    mutate: readsBut((state) => (state.status === "refused" || state.status === "withdrawn" ? { ...state, status: "expired" } : state)),
    caughtBy: STATUS_CASES,
  },
  {
    name: "says that the meaning of a status comes back, and reads endings as refusals",
    mutate: readsBut((state) => (state.status === "expired" || state.status === "invalidated" ? { ...state, status: "refused" } : state)),
    caughtBy: STATUS_CASES,
  },
  {
    name: "says that the meaning of a status comes back, and reads an objection as a grant",
    mutate: readsBut((state) => (state.status === "objected" ? { ...state, status: "given" } : state)),
    caughtBy: STATUS_CASES,
  },
  {
    name: "says that the meaning of a state comes back, and loses its decision",
    mutate: readsBut((state) => ({ ...state, decisionId: "" })),
    caughtBy: ["consent-read/star-is-a-key-of-its-own", "consent-write/a-later-grant-replaces-an-earlier"],
  },
  {
    name: "says that the meaning of a state comes back, and loses when it counts from",
    mutate: readsBut((state) => ({ ...state, effectiveAt: state.effectiveAt - 86_400_000 })),
    caughtBy: ["consent-read/star-is-a-key-of-its-own", "precision/state-instants-come-back"],
  },
  {
    name: "reads statuses as what they mean, and does not say so",
    mutate: readsBut((state) => (state.status === "withdrawn" ? { ...state, status: "refused" } : state), "exact"),
    caughtBy: STATUS_CASES,
  },
  {
    name: "loses what narrows a grant, and does not say so",
    mutate: readsBut((state) => ({ ...state, recipients: null, attributes: null, validUntil: null }), "exact"),
    caughtBy: ["consent-read/every-member-comes-back"],
  },
];
