import type { ConnectorV1, CustodyFacetV1, PopulationFacetV1 } from "@volenti/core/adapter";
import type { Mutant, MutantParts } from "./mutant.ts";
import { withAnswers } from "./mutant.ts";

function withCustody(change: (parts: MutantParts & { custody: CustodyFacetV1 }) => Partial<CustodyFacetV1>): Mutant["mutate"] {
  return (parts) => {
    const { custody } = parts.connector;
    return custody === undefined ? parts.connector : { ...parts.connector, custody: { ...custody, ...change({ ...parts, custody }) } };
  };
}

/** Erases as if no hold were there, and answers as if there were. */
function withBlindErasure({ connector, system }: MutantParts): ConnectorV1 {
  const { erasure } = connector;
  if (erasure === undefined) return connector;
  return {
    ...connector,
    erasure: {
      ...erasure,
      erase: async (request) => {
        const holds = new Map(system.records.holds);
        system.records.holds.clear();
        const outcomes = await erasure.erase(request);
        for (const [holdId, hold] of holds) system.records.holds.set(holdId, hold);
        return outcomes;
      },
    },
  };
}

function withPopulation(listPeople: (parts: { population: PopulationFacetV1; connector: ConnectorV1 }) => PopulationFacetV1["listPeople"]): Mutant["mutate"] {
  return ({ connector }) => {
    const { population } = connector;
    return population === undefined ? connector : { ...connector, population: { listPeople: listPeople({ population, connector }) } };
  };
}

/** Writes as if nobody had been merged. */
function takeUnderMerged({ connector, system }: MutantParts): ConnectorV1 {
  return {
    ...connector,
    intake: {
      write: async (batch) => {
        const merges = new Map(system.records.merges);
        system.records.merges.clear();
        const outcomes = await connector.intake.write(batch);
        for (const [from, into] of merges) system.records.merges.set(from, into);
        return outcomes;
      },
    },
  };
}

const EVERYWHERE = ["custody/a-hold-is-told-while-it-is-in-force", "custody/two-become-one"];

export const CUSTODY_MUTANTS: readonly Mutant[] = [
  { name: "tells nobody of holds", mutate: ({ connector }) => withAnswers({ connector, answer: (answer) => ({ ...answer, held: false }) }), caughtBy: EVERYWHERE },
  { name: "tells nobody of restrictions", mutate: ({ connector }) => withAnswers({ connector, answer: (answer) => ({ ...answer, restricted: false }) }), caughtBy: ["custody/a-restriction-is-told", "custody/two-become-one"] },
  { name: "erases whoever is held", mutate: withBlindErasure, caughtBy: ["custody/who-is-held-is-not-erased", "custody/what-is-held-stays"] },
  {
    name: "sets a hold anew each time",
    mutate: withCustody(({ custody, system }) => ({
      setHold: async (request) => {
        system.records.holds.delete(request.hold.holdId);
        return custody.setHold(request);
      },
    })),
    caughtBy: ["custody/holds-are-set-once"],
  },
  { name: "says merged and merges nobody", mutate: withCustody(() => ({ mergeSubjects: async () => {} })), caughtBy: ["custody/two-become-one", "custody/merges-go-on", "custody/a-merge-that-cannot-be"] },
  { name: "answers what stands for the survivor's own ref alone", mutate: ({ connector, system }) => withAnswers({ connector, answer: (answer) => ({ ...answer, states: [...(system.records.people.get(answer.ref)?.states.values() ?? [])] }) }), caughtBy: ["custody/what-stands-is-of-both"] },
  { name: "keeps who was merged to itself", mutate: ({ connector }) => withAnswers({ connector, answer: (answer) => ({ ...answer, merged: [] }) }), caughtBy: ["custody/two-become-one"] },
  { name: "lists only who was merged directly", mutate: withCustody(({ system }) => ({ listMerged: async ({ subjectRef }) => [...system.records.merges].flatMap(([from, into]) => (into === subjectRef ? [from] : [])) })), caughtBy: ["custody/merges-go-on"] },
  { name: "takes everything under a merged ref", mutate: takeUnderMerged, caughtBy: ["custody/what-lies-under-a-merged-ref-is-cleared", "custody/two-become-one"] },
  { name: "tells only of the person of now that others were merged", mutate: withCustody(({ custody }) => ({ listMergedPeople: async ({ subjectRefs }) => (await custody.listMergedPeople({ subjectRefs })).filter(({ subjectRef }) => subjectRefs.includes(subjectRef)) })), caughtBy: ["custody/merged-people-are-told"] },
  { name: "merges whom it is told to, come what may", mutate: withCustody(({ custody }) => ({ mergeSubjects: (request) => custody.mergeSubjects(request).catch(() => {}) })), caughtBy: ["custody/a-merge-that-cannot-be"] },
  {
    name: "suppresses from the instant that it heard last",
    mutate: withCustody(({ system }) => ({
      suppress: async ({ suppressions, since }) => {
        for (const { digest, kind, keyId } of suppressions) system.records.suppressions.set(digest, { since, kind, keyId });
      },
    })),
    caughtBy: ["custody/an-erasure-can-be-done-again"],
  },
  { name: "lists no erasure", mutate: withCustody(() => ({ listErasures: async function* () {} })), caughtBy: ["custody/an-erasure-can-be-done-again"] },
  {
    name: "lets the last writer of a request win",
    mutate: withCustody(({ system }) => ({
      saveRightsRequest: async ({ rightsRequest }) => {
        system.records.rightsRequests.set(rightsRequest.requestId, rightsRequest);
        return "saved";
      },
    })),
    caughtBy: ["custody/one-revision-of-a-request-stands"],
  },
  {
    name: "changes an access that comes again",
    mutate: withCustody(({ system }) => ({
      recordAccesses: async ({ accesses }) => {
        for (const access of accesses) system.records.accesses.set(access.accessId, access);
      },
    })),
    caughtBy: ["custody/every-look-is-kept"],
  },
  {
    name: "eraseTest keeps how test people were treated",
    mutate: ({ connector, system }) => {
      const { erasure } = connector;
      if (erasure === undefined) return connector;
      return {
        ...connector,
        erasure: {
          ...erasure,
          eraseTest: async () => {
            const holds = new Map(system.records.holds);
            const outcomes = await erasure.eraseTest();
            for (const [holdId, hold] of holds) system.records.holds.set(holdId, hold);
            return outcomes;
          },
        },
      };
    },
    caughtBy: ["custody/of-test-people"],
  },
  {
    name: "lists whoever was merged apart",
    mutate: withPopulation(({ population, connector }) =>
      async function* (request) {
        for await (const person of population.listPeople(request)) {
          yield { ...person, merged: [] };
          for (const subjectRef of person.merged) yield { ...person, subjectRef, merged: [], states: await connector.consent.listStates({ subjectRef }) };
        }
      },
    ),
    caughtBy: ["population/who-was-merged-is-one"],
  },
  {
    name: "begins the list of people anew each time",
    mutate: withPopulation(({ population }) => () => population.listPeople({})),
    caughtBy: ["population/lists-everybody-once"],
  },
  {
    name: "takes an unreachable list of people for its end",
    mutate: withPopulation(({ population }) =>
      async function* (request) {
        try {
          yield* population.listPeople(request);
        } catch {
          // Nothing more is listed.
        }
      },
    ),
    caughtBy: ["population/never-just-ends"],
  },
];
