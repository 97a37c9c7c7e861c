import type { ErasureFacetV1, ErasureOutcomeV1 } from "@volenti/core/adapter";
import type { PersonRow } from "@volenti/memory";
import { withWrite, type Mutant, type MutantParts } from "./mutant.ts";

function withErase(
  change: (parts: MutantParts & { subjectRef: string; original: () => Promise<readonly ErasureOutcomeV1[]> }) => Promise<readonly ErasureOutcomeV1[]>,
): Mutant["mutate"] {
  return ({ connector, system }) => {
    const { erasure } = connector;
    if (erasure === undefined) return connector;
    const mutated: ErasureFacetV1 = {
      ...erasure,
      erase: (request) => change({ connector, system, subjectRef: request.subjectRef, original: () => erasure.erase(request) }),
    };
    return { ...connector, erasure: mutated };
  };
}

/** Makes test people of anybody, whatever is real of them. */
function markAsTest(request: { system: MutantParts["system"]; refs: readonly string[] }): void {
  const { people, links } = request.system.records;
  for (const ref of request.refs) {
    const person = people.get(ref);
    if (person !== undefined) people.set(ref, { ...person, test: true });
    for (const [key, link] of links) if (link.ref === ref) links.set(key, { ...link, test: true });
  }
}

const ERASED: readonly ErasureOutcomeV1[] = [{ kind: "profile", outcome: "erased", count: 3 }];

export const ERASURE_MUTANTS: readonly Mutant[] = [
  { name: "erases nothing and says erased", mutate: withErase(async () => ERASED), caughtBy: ["erasure/again-finds-nothing", "erasure/answers-are-true-of-decisions-and-states", "erasure/unlinks-and-remembers"] },
  {
    name: "erases the profile and keeps the links",
    mutate: withErase(async ({ system, original }) => {
      const links = new Map(system.records.links);
      const outcomes = await original();
      for (const [key, link] of links) system.records.links.set(key, link);
      return outcomes;
    }),
    caughtBy: ["erasure/again-finds-nothing", "erasure/nothing-personal-remains", "erasure/unlinks-and-remembers"],
  },
  {
    name: "erases the links and keeps the profile",
    mutate: withErase(async ({ system, subjectRef, original }) => {
      const person = system.records.people.get(subjectRef);
      const outcomes = await original();
      if (person !== undefined) system.records.people.set(subjectRef, person);
      return outcomes;
    }),
    caughtBy: ["erasure/again-finds-nothing", "erasure/answers-are-true-of-decisions-and-states", "erasure/nothing-personal-remains"],
  },
  {
    name: "moves what it erases to a bin",
    mutate: withErase(async ({ system, subjectRef, original }) => {
      const person = system.records.people.get(subjectRef);
      system.records.catalogue.add(`bin ${JSON.stringify([...(person?.attributes ?? [])])}`);
      return original();
    }),
    caughtBy: ["erasure/nothing-personal-remains"],
  },
  {
    name: "hides what it erases from readers",
    mutate: (parts) => {
      const hidden = new Set<string>();
      const mutated = withErase(async ({ system, subjectRef, original }) => {
        const person = system.records.people.get(subjectRef);
        const outcomes = await original();
        hidden.add(subjectRef);
        if (person !== undefined) system.records.people.set(subjectRef, person);
        return outcomes;
      })(parts);
      return {
        ...mutated,
        profiles: {
          find: async (request) => {
            const ref = await parts.connector.profiles.find(request);
            return ref !== null && hidden.has(ref) ? null : ref;
          },
          get: async (request) => (hidden.has(request.subjectRef) ? null : parts.connector.profiles.get(request)),
        },
      };
    },
    caughtBy: ["erasure/again-finds-nothing", "erasure/answers-are-true-of-decisions-and-states", "erasure/nothing-personal-remains"],
  },
  {
    name: "keeps the states that it says it erased",
    mutate: withErase(async ({ system, subjectRef, original }) => {
      const states = system.records.people.get(subjectRef)?.states;
      const outcomes = await original();
      if (states !== undefined) {
        const empty: PersonRow = { ref: subjectRef, country: "FR", ageBand: "adult", test: false, heldSince: 0, states, realStates: states, attributes: new Map() };
        system.records.people.set(subjectRef, empty);
      }
      return outcomes;
    }),
    caughtBy: ["erasure/again-finds-nothing", "erasure/answers-are-true-of-decisions-and-states", "erasure/nothing-personal-remains"],
  },
  {
    name: "drops the proofs that it says it retained",
    mutate: withErase(async ({ system, subjectRef, original }) => {
      const outcomes = await original();
      system.records.decisions.delete(subjectRef);
      return outcomes;
    }),
    caughtBy: ["erasure/answers-are-true-of-decisions-and-states"],
  },
  {
    name: "rewrites the proofs that it retains",
    mutate: withErase(async ({ system, subjectRef, original }) => {
      const outcomes = await original();
      const rows = system.records.decisions.get(subjectRef) ?? [];
      system.records.decisions.set(subjectRef, rows.map((row) => ({ ...row, canonical: row.canonical.replaceAll(subjectRef, "erased") })));
      return outcomes;
    }),
    caughtBy: ["erasure/answers-are-true-of-decisions-and-states"],
  },
  {
    name: "keeps the proofs that it says it erased",
    mutate: withErase(async ({ original }) =>
      (await original()).map(({ kind, count, outcome }) => ({ kind, count, outcome: outcome === "retained" ? "erased" : outcome })),
    ),
    caughtBy: ["erasure/again-finds-nothing", "erasure/answers-are-true-of-decisions-and-states"],
  },
  { name: "retains for no reason", mutate: withErase(async ({ original }) => (await original()).map(({ kind, count, outcome }) => ({ kind, count, outcome }))), caughtBy: ["erasure/says-what-happened"] },
  { name: "counts nothing", mutate: withErase(async ({ original }) => (await original()).map((each) => ({ ...each, count: 0 }))), caughtBy: ["erasure/answers-are-true-of-decisions-and-states", "erasure/says-what-happened"] },
  { name: "answers a kind twice", mutate: withErase(async ({ original }) => (await original()).flatMap((each) => [each, each])), caughtBy: ["erasure/says-what-happened"] },
  { name: "answers nothing", mutate: withErase(async ({ original }) => original().then(() => [])), caughtBy: ["erasure/answers-are-true-of-decisions-and-states", "erasure/nothing-personal-remains", "erasure/says-what-happened"] },
  { name: "says erased again and of strangers", mutate: withErase(async ({ original }) => (await original()).map((each) => (each.outcome === "notFound" ? { ...each, outcome: "erased", count: 1 } : each))), caughtBy: ["erasure/again-finds-nothing"] },
  {
    name: "erases people of the same name",
    mutate: withErase(async ({ system, original }) => {
      const outcomes = await original();
      for (const { ref, attributes } of system.records.people.values()) {
        const name = attributes.get("familyName")?.value;
        if (typeof name === "string" && name.startsWith("Moreau")) system.records.people.delete(ref);
      }
      return outcomes;
    }),
    caughtBy: ["erasure/others-are-untouched"],
  },
  {
    name: "remembers no erasure",
    mutate: withErase(async ({ system, original }) => {
      const outcomes = await original();
      system.records.suppressions.clear();
      return outcomes;
    }),
    caughtBy: ["erasure/unlinks-and-remembers"],
  },
  {
    name: "remembers erasures by the machine's clock",
    mutate: withErase(async ({ system, original }) => {
      const outcomes = await original();
      for (const key of system.records.suppressions.keys()) system.records.suppressions.set(key, { since: Date.now(), kind: "email", keyId: "machine" });
      return outcomes;
    }),
    caughtBy: ["erasure/unlinks-and-remembers"],
  },
  {
    name: "remembers erasures by no person",
    mutate: ({ connector, system }) => ({
      ...connector,
      ...(connector.ledger === undefined
        ? {}
        : {
            ledger: {
              consult: async (question) =>
                ((await connector.ledger?.consult(question)) ?? []).map((answer) => ({ ...answer, suppressedSince: [...system.records.suppressions.values()].at(-1)?.since ?? null })),
            },
          }),
    }),
    caughtBy: ["erasure/unlinks-and-remembers"],
  },
  {
    name: "eraseTest erases nothing",
    mutate: ({ connector }) => (connector.erasure === undefined ? connector : { ...connector, erasure: { ...connector.erasure, eraseTest: async () => ERASED } }),
    caughtBy: ["erasure/of-test-people", "errors/unreachable-erasure-says-so"],
  },
  {
    name: "eraseTest erases everybody",
    mutate: ({ connector, system }) => {
      const { erasure } = connector;
      if (erasure === undefined) return connector;
      return {
        ...connector,
        erasure: {
          ...erasure,
          eraseTest: () => {
            markAsTest({ system, refs: [...system.records.people.keys()] });
            return erasure.eraseTest();
          },
        },
      };
    },
    caughtBy: ["erasure/of-test-people"],
  },
  {
    name: "eraseTest keeps the decisions of test people",
    mutate: ({ connector, system }) => {
      const { erasure } = connector;
      if (erasure === undefined) return connector;
      return {
        ...connector,
        erasure: {
          ...erasure,
          eraseTest: async () => {
            const decisions = new Map(system.records.decisions);
            const outcomes = await erasure.eraseTest();
            for (const [ref, rows] of decisions) system.records.decisions.set(ref, rows);
            return outcomes;
          },
        },
      };
    },
    caughtBy: ["erasure/of-test-people"],
  },
  {
    name: "takes everybody for a test person of whom a test was written",
    mutate: ({ connector, system }) =>
      withWrite({
        connector,
        write: async (batch, original) => {
          const outcomes = await original(batch);
          markAsTest({ system, refs: batch.items.filter(({ subject }) => subject.test).map(({ subject }) => subject.ref) });
          return outcomes;
        },
      }),
    caughtBy: ["erasure/of-tests-spares-real-people"],
  },
  {
    name: "takes whoever was a test person first for one for ever",
    mutate: ({ connector, system }) =>
      withWrite({
        connector,
        write: async (batch, original) => {
          const tests = [...system.records.people.values()].filter(({ test }) => test).map(({ ref }) => ref);
          const outcomes = await original(batch);
          markAsTest({ system, refs: tests });
          return outcomes;
        },
      }),
    caughtBy: ["erasure/of-tests-spares-real-people"],
  },
  {
    name: "eraseTest takes every decision of whoever has one of a test",
    mutate: ({ connector, system }) => {
      const { erasure } = connector;
      if (erasure === undefined) return connector;
      return {
        ...connector,
        erasure: {
          ...erasure,
          eraseTest: async () => {
            const { decisions } = system.records;
            const hit = [...decisions].filter(([, rows]) => rows.some(({ canonical }) => canonical.includes('"test":true')));
            const outcomes = await erasure.eraseTest();
            for (const [ref] of hit) decisions.delete(ref);
            return outcomes;
          },
        },
      };
    },
    caughtBy: ["erasure/of-tests-spares-real-people"],
  },
];
