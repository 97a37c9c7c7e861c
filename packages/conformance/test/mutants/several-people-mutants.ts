import { ConnectorError, type ConsentFacetV1, type ConsentState } from "@volenti/core/adapter";
import type { Mutant, MutantParts } from "./mutant.ts";

type ListStatesOf = NonNullable<ConsentFacetV1["listStatesOf"]>;

/** Replaces what is answered about several people at once, and nothing else. */
function withSeveral(list: (parts: { several: ListStatesOf; subjectRefs: readonly string[]; system: MutantParts["system"] }) => ReturnType<ListStatesOf>): Mutant["mutate"] {
  return ({ connector, system }) => {
    const { consent } = connector;
    const several: ListStatesOf = async (request) => (await consent.listStatesOf?.(request)) ?? new Map();
    return { ...connector, consent: { ...consent, listStatesOf: ({ subjectRefs }) => list({ several, subjectRefs, system }) } };
  };
}

/** Changes each person's list. */
function withLists(change: (states: readonly ConsentState[]) => readonly ConsentState[]): Mutant["mutate"] {
  return withSeveral(async ({ several, subjectRefs }) => new Map([...(await several({ subjectRefs }))].map(([ref, states]) => [ref, change(states)])));
}

const AS_EACH_ALONE = ["consent-read/several-people-as-each-alone"];
const HOSTILE = ["consent-read/several-hostile-refs-find-nobody"];

export const SEVERAL_PEOPLE_MUTANTS: readonly Mutant[] = [
  { name: "lists states of several people in an order of its own", mutate: withLists((states) => states.toReversed()), caughtBy: AS_EACH_ALONE },
  { name: "leaves out refusals of several people", mutate: withLists((states) => states.filter(({ status }) => status === "given")), caughtBy: AS_EACH_ALONE },
  { name: "lists one state a person of several", mutate: withLists((states) => states.slice(0, 1)), caughtBy: AS_EACH_ALONE },
  { name: "loses what grants of several people are narrowed to", mutate: withLists((states) => states.map((state) => ({ ...state, recipients: null, attributes: null }))), caughtBy: AS_EACH_ALONE },
  { name: "loses the end of grants of several people", mutate: withLists((states) => states.map((state) => ({ ...state, validUntil: null }))), caughtBy: AS_EACH_ALONE },
  {
    name: "answers the first hundred of several people",
    mutate: withSeveral(({ several, subjectRefs }) => several({ subjectRefs: subjectRefs.slice(0, 100) })),
    caughtBy: AS_EACH_ALONE,
  },
  {
    name: "names people without states among several",
    mutate: withSeveral(async ({ several, subjectRefs }) => new Map([...subjectRefs.map((ref) => [ref, []] as const), ...(await several({ subjectRefs }))])),
    caughtBy: [...AS_EACH_ALONE, ...HOSTILE],
  },
  {
    name: "lists states twice of who is asked for twice",
    mutate: withSeveral(async ({ several, subjectRefs }) => {
      const answered = await several({ subjectRefs });
      const lists = Map.groupBy(subjectRefs, (ref) => ref);
      return new Map([...answered].map(([ref, states]) => [ref, (lists.get(ref) ?? []).flatMap(() => states)]));
    }),
    caughtBy: AS_EACH_ALONE,
  },
  {
    name: "answers everybody's states where several people are asked for",
    mutate: withSeveral(({ several, system }) => several({ subjectRefs: [...system.records.people.keys()] })),
    caughtBy: HOSTILE,
  },
  {
    name: "takes an empty ref for everybody among several",
    mutate: withSeveral(({ several, subjectRefs, system }) => several({ subjectRefs: subjectRefs.includes("") ? [...system.records.people.keys()] : subjectRefs })),
    caughtBy: HOSTILE,
  },
  {
    name: "takes refs in other letters for the same among several",
    mutate: withSeveral(({ several, subjectRefs }) => several({ subjectRefs: subjectRefs.map((ref) => ref.toLowerCase()) })),
    caughtBy: HOSTILE,
  },
  {
    name: "gives people their states once more under a ref in other letters",
    mutate: withSeveral(async ({ several, subjectRefs }) => {
      const found = await Promise.all(subjectRefs.map(async (ref) => [ref, (await several({ subjectRefs: [ref.toLowerCase()] })).get(ref.toLowerCase()) ?? []] as const));
      return new Map(found.filter(([, states]) => states.length > 0));
    }),
    caughtBy: HOSTILE,
  },
  {
    name: "refuses a question about no one",
    mutate: withSeveral(async ({ several, subjectRefs }) => {
      if (subjectRefs.length === 0) throw new ConnectorError({ code: "invalidInput", connectorId: "memory", operation: "consent.listStatesOf" });
      return several({ subjectRefs });
    }),
    caughtBy: HOSTILE,
  },
  {
    name: "swallows read errors of several people as an empty map",
    mutate: withSeveral(({ several, subjectRefs }) => several({ subjectRefs }).catch(() => new Map())),
    caughtBy: ["errors/lost-read-rejects", "errors/unreachable-never-looks-empty", "lifecycle/a-closed-connector-rejects"],
  },
];
