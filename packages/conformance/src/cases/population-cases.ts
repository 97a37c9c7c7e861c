import { ensureConnectorError } from "../assertions/ensure-connector-error.ts";
import { ensure, ensureEqual, ensurePresent } from "../assertions/ensure.ts";
import { ensureStates } from "../assertions/ensure-state.ts";
import type { ConformanceCase } from "../conformance-case.ts";
import { randomMark } from "../world/random.ts";
import { collect, custodyOf, eraseRef, rejectionOf } from "./custody.ts";

export const POPULATION_CASES: readonly ConformanceCase[] = [
  {
    id: "population/lists-everybody-once",
    title: "everybody who is held is listed once, by ref, with states and names of attributes and no value; who was erased is not",
    facet: "population",
    run: async (context) => {
      const { connector, at, traits } = context;
      const population = ensurePresent({ value: connector.population, what: "the facet population" });
      const mark = randomMark();
      const [someone, gone] = [await context.person(), await context.person()];
      const change = { changedAt: at(1), submissionId: globalThis.crypto.randomUUID() };
      const profile = { familyName: { value: `Moreau ${mark}`, ...change }, givenName: { value: null, ...change } };
      const { item } = await context.record({ person: someone, profile, decisions: [{ status: "given", at: at(0) }] });
      await context.record({ person: gone, profile, decisions: [{ status: "given", at: at(0) }] });
      await eraseRef({ connector, subjectRef: gone.ref, requestedAt: at(2) });
      const people = await collect(population.listPeople({}));
      const refs = people.map(({ subjectRef }) => subjectRef);
      ensureEqual({ actual: refs, expected: [...new Set(refs)].toSorted(), what: "the order of the refs" });
      ensure({ that: !refs.includes(gone.ref), otherwise: "somebody who was erased is listed" });
      ensure({ that: !JSON.stringify(people).includes(mark), otherwise: "a value is listed" });
      const listed = ensurePresent({ value: people.find(({ subjectRef }) => subjectRef === someone.ref), what: "the person in the list" });
      const { attributes, country, ageBand, test, states } = listed;
      ensureEqual({ actual: [attributes, country, ageBand, test], expected: [{ familyName: at(1) }, "FR", item.subject.ageBand, false], what: "what is listed" });
      ensureStates({ actual: states, expected: item.states, traits, what: "the states that are listed" });
      const behind = await collect(population.listPeople({ after: someone.ref }));
      ensureEqual({ actual: behind.map(({ subjectRef }) => subjectRef), expected: refs.filter((ref) => ref > someone.ref), what: "who is behind a ref" });
    },
  },
  {
    id: "population/who-was-merged-is-one",
    title: "two who became one are listed once, by the ref of now, with the greatest state and the latest change of either; who was merged into somebody erased is listed while a value is left",
    facet: "population",
    skip: ({ connector }) => (connector.custody === undefined ? "facet custody: absent" : undefined),
    run: async (context) => {
      const { connector, at, traits } = context;
      const population = ensurePresent({ value: connector.population, what: "the facet population" });
      const [from, into] = [await context.person(), await context.person()];
      const toChange = (instant: number) => ({ value: "Moreau", changedAt: at(instant), submissionId: globalThis.crypto.randomUUID() });
      const { item: late } = await context.record({ person: from, profile: { familyName: toChange(3), givenName: toChange(1) }, decisions: [{ status: "withdrawn", at: at(3) }] });
      await context.record({ person: into, profile: { familyName: toChange(2) }, decisions: [{ status: "given", at: at(2) }] });
      await custodyOf(connector).mergeSubjects({ from: from.ref, into: into.ref, mergedAt: at(4) });
      const listBoth = async () => (await collect(population.listPeople({}))).filter(({ subjectRef }) => [from.ref, into.ref].includes(subjectRef));
      const [listed, ...others] = await listBoth();
      ensureEqual({ actual: [listed?.subjectRef, listed?.merged, others.length], expected: [into.ref, [from.ref], 0], what: "who is listed" });
      ensureEqual({ actual: listed?.attributes, expected: { familyName: at(3), givenName: at(1) }, what: "the changes that are listed" });
      ensureStates({ actual: listed?.states ?? [], expected: late.states, traits, what: "the states that are listed" });
      await eraseRef({ connector, subjectRef: into.ref, requestedAt: at(5) });
      ensureEqual({ actual: (await listBoth()).map(({ subjectRef }) => subjectRef), expected: [from.ref], what: "who is left" });
      await eraseRef({ connector, subjectRef: from.ref, requestedAt: at(5) });
      ensureEqual({ actual: await listBoth(), expected: [], what: "who is left after both were erased" });
    },
  },
  {
    id: "population/never-just-ends",
    title: "a list of people that cannot be read rejects: it never looks like a house without customers",
    facet: "population",
    fault: "unavailable",
    run: async ({ connect, faults }) => {
      const connector = await connect();
      await faults.unavailable?.();
      const population = ensurePresent({ value: connector.population, what: "the facet population" });
      const error = await rejectionOf(collect(population.listPeople({})));
      ensureConnectorError({ error, connector, codes: ["unavailable"], what: "the list of an unreachable system" });
    },
  },
];
