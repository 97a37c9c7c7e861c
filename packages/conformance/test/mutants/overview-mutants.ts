import { ConnectorError, type OverviewV1, type PersonNameV1 } from "@volenti/core/adapter";
import type { Mutant, MutantParts } from "./mutant.ts";
import { withFindErrors } from "./with-find-errors.ts";

type Read = (request: { name: PersonNameV1 }) => Promise<OverviewV1 | null>;

/** Replaces the look at all of a person, and nothing else. */
function withOverview(read: (parts: MutantParts & { original: Read; name: PersonNameV1 }) => Promise<OverviewV1 | null>): Mutant["mutate"] {
  return ({ connector, system }) => {
    const original: Read = async (request) => (await connector.overview?.read(request)) ?? null;
    return { ...connector, overview: { read: ({ name }) => read({ connector, system, original, name }) } };
  };
}

/** Changes what is told of somebody. */
function withTold(change: (overview: OverviewV1) => OverviewV1): Mutant["mutate"] {
  return withOverview(async ({ original, name }) => {
    const told = await original({ name });
    return told === null ? null : change(told);
  });
}

function withRecords(change: (record: OverviewV1["records"][number]) => OverviewV1["records"][number]): Mutant["mutate"] {
  return withTold(({ records, custody }) => ({ records: records.map(change), custody }));
}

/** Finds the person, and tells no error of the search. */
function withForgivingFind(answer: string | null): Mutant["mutate"] {
  return ({ connector }) => withFindErrors({ connector, code: "unlinked", instead: () => answer });
}

const AS_THE_FACETS = ["overview/as-the-facets-tell-it"];
const UNLINKED = ["find/who-is-not-linked-is-not-nobody"];

export const OVERVIEW_MUTANTS: readonly Mutant[] = [
  { name: "tells all of a person but what they refused", mutate: withRecords((record) => ({ ...record, states: record.states.filter(({ status }) => status === "given") })), caughtBy: AS_THE_FACETS },
  { name: "tells all of a person without the profile", mutate: withRecords((record) => ({ ...record, profile: null })), caughtBy: AS_THE_FACETS },
  { name: "tells the latest decision as all of them", mutate: withRecords((record) => ({ ...record, decisions: record.decisions.slice(-1) })), caughtBy: AS_THE_FACETS },
  { name: "tells decisions of a person in an order of its own", mutate: withRecords((record) => ({ ...record, decisions: record.decisions.toReversed() })), caughtBy: AS_THE_FACETS },
  { name: "tells nothing of holds", mutate: withTold(({ records, custody }) => ({ records, custody: custody === null ? null : { ...custody, holds: [] } })), caughtBy: AS_THE_FACETS },
  { name: "tells nothing of a restriction", mutate: withTold(({ records, custody }) => ({ records, custody: custody === null ? null : { ...custody, restriction: null } })), caughtBy: AS_THE_FACETS },
  {
    name: "tells all of somebody else too",
    mutate: withOverview(async ({ original, name, system }) => {
      const told = await original({ name });
      const others = await Promise.all([...system.records.people.keys()].map((subjectRef) => original({ name: { subjectRef } })));
      return told === null ? null : { ...told, records: [...told.records, ...others.flatMap((other) => other?.records ?? [])] };
    }),
    caughtBy: AS_THE_FACETS,
  },
  {
    name: "tells of a stranger an empty record",
    mutate: withOverview(async ({ original, name }) =>
      (await original({ name })) ?? ("subjectRef" in name ? { records: [{ subjectRef: name.subjectRef, profile: null, states: [], decisions: [] }], custody: null } : null),
    ),
    caughtBy: ["overview/nobody-is-null"],
  },
  {
    name: "tells of somebody erased what the proofs say",
    mutate: withOverview(async ({ original, name, connector }) => {
      const told = await original({ name });
      if (told !== null || !("subjectRef" in name)) return told;
      const { subjectRef } = name;
      const decisions = [];
      for await (const decision of connector.consentHistory?.listDecisions({ subjectRef }) ?? []) decisions.push(decision);
      return decisions.length === 0 ? null : { records: [{ subjectRef, profile: null, states: [], decisions }], custody: null };
    }),
    caughtBy: ["overview/nobody-is-null"],
  },
  {
    name: "finds somebody by a kind that it does not declare",
    base: "ledgerless",
    mutate: ({ connector }) => ({ ...connector, traits: { ...connector.traits, subjectKeys: ["email"] } }),
    caughtBy: ["overview/undeclared-kinds-find-nobody"],
  },
  {
    name: "tells all of the first of two",
    base: "ledgerless",
    mutate: withOverview(async ({ original, name, system }) => {
      if ("subjectRef" in name) return original({ name });
      const first = [...system.records.people.values()].find(({ attributes }) => [...attributes.values()].some(({ value }) => value === name.identifier.value));
      return first === undefined ? null : original({ name: { subjectRef: first.ref } });
    }),
    caughtBy: ["overview/two-matches-are-a-conflict"],
  },
  { name: "leaves out who was merged into the person", mutate: withTold(({ records, custody }) => ({ records: records.slice(0, 1), custody })), caughtBy: ["overview/merged-people-are-behind"] },
  { name: "tells who was merged before who they are", mutate: withTold(({ records, custody }) => ({ records: records.toReversed(), custody })), caughtBy: ["overview/merged-people-are-behind"] },
  {
    name: "reads all of a person facet by facet",
    base: "ledgerless",
    mutate: withOverview(async ({ original, name, connector }) => {
      const told = await original({ name });
      for (const { subjectRef } of told?.records ?? []) {
        await connector.profiles.get({ subjectRef });
        await connector.consent.listStates({ subjectRef });
        for await (const _ of connector.consentHistory?.listDecisions({ subjectRef }) ?? []) continue;
      }
      return told;
    }),
    caughtBy: ["overview/costs-less-than-the-facets"],
  },
  {
    name: "takes what it could not read at once for nobody",
    mutate: withOverview(({ original, name }) => original({ name }).catch(() => null)),
    caughtBy: ["errors/unreachable-never-looks-empty"],
  },
  { name: "takes who is not linked for nobody", base: "withCustomers", mutate: withForgivingFind(null), caughtBy: UNLINKED },
  { name: "makes up a ref for who is not linked", base: "withCustomers", mutate: withForgivingFind("a".repeat(26)), caughtBy: UNLINKED },
  {
    name: "takes who is not linked for nobody where all of a person is told",
    base: "withCustomers",
    mutate: withOverview(({ original, name }) =>
      original({ name }).catch((error: unknown) => {
        if (ConnectorError.isInstance(error) && error.code === "unlinked") return null;
        throw error;
      }),
    ),
    caughtBy: UNLINKED,
  },
  {
    name: "tells two who are not linked as one",
    base: "withCustomers",
    mutate: ({ connector }) =>
      withFindErrors({
        connector,
        code: "conflict",
        instead: ({ error }) => {
          throw new ConnectorError({ code: "unlinked", connectorId: "memory", operation: "profiles.find", recordIds: error.recordIds });
        },
      }),
    caughtBy: UNLINKED,
  },
];
