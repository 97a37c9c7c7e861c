import type { ConsentState, ErasureOutcomeV1 } from "@volenti/core/adapter";
import { ensure, ensureEqual, ensurePresent } from "../assertions/ensure.ts";
import type { ConformanceCase } from "../conformance-case.ts";
import type { CaseContext } from "../run/case-context.ts";
import { randomMark } from "../world/random.ts";
import type { Person } from "../world/person.ts";
import { consultOne, toQuery } from "./consult.ts";

export const ERASURE_CASES: readonly ConformanceCase[] = [
  {
    id: "erasure/nothing-personal-remains",
    title: "after an erasure the system holds no profile, no link and no value of the person, in clear or readable through the connector",
    facet: "erasure",
    run: async (context) => {
      const { connector, probe } = context;
      const { person, mark } = await recordFullPerson(context);
      const { ref: subjectRef } = person;
      const outcomes = await erase({ context, subjectRef });
      ensure({ that: outcomes.some(({ outcome }) => outcome === "erased"), otherwise: "nothing was said to be erased" });
      await context.eventually(async () => {
        ensureEqual({ actual: await connector.profiles.get({ subjectRef }), expected: null, what: "the profile" });
        ensureEqual({ actual: await probe.readAttributes({ subjectRef }), expected: {}, what: "the attributes in the store" });
        ensureEqual({ actual: await probe.countLinks({ subjectRef }), expected: 0, what: "the links in the store" });
        ensureEqual({ actual: await probe.holdsPerson({ subjectRef }), expected: false, what: "whether the store holds the person" });
        for (const identifier of person.identifiers.filter(({ kind }) => connector.traits.subjectKeys.includes(kind))) {
          ensureEqual({ actual: await connector.profiles.find({ identifier }), expected: null, what: "who has the erased identifier" });
        }
        const dump = (await probe.dump()).toLowerCase();
        ensure({ that: !dump.includes(mark) && !dump.includes(person.mark), otherwise: "the store still holds a value of the person" });
      });
    },
  },
  {
    id: "erasure/says-what-happened",
    title: "each kind of record is answered once, with a count that fits, and with a reason where it is retained",
    facet: "erasure",
    run: async (context) => {
      const { person } = await recordFullPerson(context);
      const outcomes = await erase({ context, subjectRef: person.ref });
      ensureEqual({ actual: new Set(outcomes.map(({ kind }) => kind)).size, expected: outcomes.length, what: "the number of kinds" });
      for (const { kind, outcome, count, reason } of outcomes) {
        ensure({ that: ["erased", "notFound", "retained"].includes(outcome), otherwise: `${kind} was answered ${outcome}` });
        ensure({ that: Number.isSafeInteger(count) && count >= 0, otherwise: `${kind} has no count` });
        ensureEqual({ actual: count > 0, expected: outcome !== "notFound", what: `whether ${kind}, ${outcome}, counts any` });
        ensure({ that: outcome !== "retained" || (reason ?? "") !== "", otherwise: `${kind} is retained for no reason` });
      }
      const profile = outcomes.find(({ kind }) => kind === "profile");
      ensureEqual({ actual: profile?.outcome, expected: "erased", what: "the outcome of the profile" });
    },
  },
  {
    id: "erasure/answers-are-true-of-decisions-and-states",
    title: "decisions and states that are said to be retained are there and unchanged; those said to be erased are gone",
    facet: "erasure",
    run: async (context) => {
      const { connector, probe } = context;
      const { person, rows } = await recordFullPerson(context);
      const outcomes = await erase({ context, subjectRef: person.ref });
      const outcomeOf = (kind: string): ErasureOutcomeV1["outcome"] | undefined => outcomes.find((each) => each.kind === kind)?.outcome;
      const after = await probe.listDecisions({ subjectRef: person.ref });
      if (outcomeOf("decisions") === "retained") {
        ensureEqual({ actual: after, expected: rows, what: "the retained rows" });
        ensureEqual({ actual: outcomes.find(({ kind }) => kind === "decisions")?.count, expected: rows.length, what: "the count of retained rows" });
      } else {
        ensureEqual({ actual: after, expected: [], what: "the rows that were not retained" });
      }
      const states = await probe.listStates({ subjectRef: person.ref });
      if (outcomeOf("states") !== "retained") ensureEqual({ actual: states, expected: [], what: "the states that were not retained" });
      const read = await connector.consent.listStates({ subjectRef: person.ref });
      ensureEqual({ actual: read.length, expected: states.length, what: "the number of states that are read" });
    },
  },
  {
    id: "erasure/again-finds-nothing",
    title: "a second erasure, and one of a stranger, answers notFound for what is gone",
    facet: "erasure",
    run: async (context) => {
      const { person } = await recordFullPerson(context);
      await erase({ context, subjectRef: person.ref });
      const again = await erase({ context, subjectRef: person.ref });
      ensure({ that: again.every(({ outcome }) => outcome !== "erased"), otherwise: "what is gone was said to be erased again" });
      const stranger = await erase({ context, subjectRef: context.stranger().ref });
      ensure({ that: stranger.every(({ outcome }) => outcome === "notFound"), otherwise: "something of a stranger was said to be found" });
    },
  },
  {
    id: "erasure/others-are-untouched",
    title: "nobody else loses anything, not even someone of the same name",
    facet: "erasure",
    run: async (context) => {
      const { connector, probe } = context;
      const gone = await recordFullPerson(context);
      const left = await recordFullPerson(context);
      const before = await connector.profiles.get({ subjectRef: left.person.ref });
      const links = await probe.countLinks({ subjectRef: left.person.ref });
      await erase({ context, subjectRef: gone.person.ref });
      const { ref: subjectRef } = left.person;
      ensurePresent({ value: before, what: "the other's profile" });
      ensureEqual({ actual: await connector.profiles.get({ subjectRef }), expected: before, what: "the other's profile" });
      ensureEqual({ actual: await probe.countLinks({ subjectRef }), expected: links, what: "the other's links" });
      ensureEqual({ actual: (await connector.consent.listStates({ subjectRef })).length, expected: 2, what: "the other's states" });
      ensureEqual({ actual: await probe.listDecisions({ subjectRef }), expected: left.rows, what: "the other's rows" });
    },
  },
  {
    id: "erasure/unlinks-and-remembers",
    title: "an erased identifier leads to nobody: who comes with it is a new person, and is told since when",
    facet: "erasure",
    skip: ({ connector }) => (connector.ledger === undefined ? "facet ledger: absent" : undefined),
    run: async (context) => {
      const { connector, attachment } = context;
      const { person } = await recordFullPerson(context);
      await erase({ context, subjectRef: person.ref });
      for (const identifier of person.identifiers) {
        const answer = await consultOne({ connector, query: { identifiers: [identifier] } });
        ensure({ that: answer.ref !== person.ref, otherwise: "an erased identifier still leads to the person" });
        ensureEqual({ actual: [answer.known, answer.states], expected: [false, []], what: "the answer to an erased identifier" });
        ensureEqual({ actual: answer.suppressedSince, expected: attachment.clock.now(), what: "suppressedSince" });
      }
      const other = await consultOne({ connector, query: { identifiers: context.stranger().identifiers } });
      ensureEqual({ actual: other.suppressedSince, expected: null, what: "suppressedSince of somebody else" });
    },
  },
  {
    id: "erasure/of-test-people",
    title: "eraseTest removes every test person with all records, and nobody else",
    facet: "erasure",
    run: async (context) => {
      const { connector, probe } = context;
      const real = await recordFullPerson(context);
      const test = await recordFullPerson({ ...context, person: () => context.person({ test: true }) });
      const outcomes = await ensurePresent({ value: connector.erasure, what: "the facet erasure" }).eraseTest();
      ensure({ that: outcomes.some(({ outcome, count }) => outcome === "erased" && count > 0), otherwise: "nothing was said to be erased" });
      const { ref: subjectRef } = test.person;
      await context.eventually(async () => {
        ensureEqual({ actual: await connector.profiles.get({ subjectRef }), expected: null, what: "the test person's profile" });
        ensureEqual({ actual: await connector.consent.listStates({ subjectRef }), expected: [], what: "the test person's states" });
        ensureEqual({ actual: await probe.listDecisions({ subjectRef }), expected: [], what: "the test person's rows" });
        ensureEqual({ actual: await probe.countLinks({ subjectRef }), expected: 0, what: "the test person's links" });
        ensureEqual({ actual: await probe.holdsPerson({ subjectRef }), expected: false, what: "whether the store holds the test person" });
        ensureEqual({ actual: (await probe.listStates({ subjectRef: real.person.ref })).length, expected: 2, what: "the real person's states" });
        ensure({ that: await probe.holdsPerson({ subjectRef: real.person.ref }), otherwise: "the real person is gone" });
        ensureEqual({ actual: await probe.listDecisions({ subjectRef: real.person.ref }), expected: real.rows, what: "the real person's rows" });
      });
    },
  },
  {
    id: "erasure/of-tests-spares-real-people",
    title: "whoever was ever written for real, before a test or after one, is no test person: eraseTest leaves all that is real of them",
    facet: "erasure",
    run: async (context) => {
      const { connector, probe } = context;
      const realFirst = await recordFullPerson(context);
      await recordTest({ context, person: realFirst.person });
      const tested = await context.person({ test: true });
      await recordTest({ context, person: tested });
      await consultFor({ context, person: { ...tested, test: false } });
      const testFirst = await recordFullPerson({ ...context, person: async () => ({ ...tested, test: false }) });
      const links = await Promise.all([realFirst, testFirst].map(async ({ person }) => probe.countLinks({ subjectRef: person.ref })));
      await ensurePresent({ value: connector.erasure, what: "the facet erasure" }).eraseTest();
      for (const [index, { person, rows, states }] of [realFirst, testFirst].entries()) {
        const { ref: subjectRef } = person;
        const what = index === 0 ? "of whom a test was written later" : "of whom a test was written first";
        const realRows = rows.filter(({ canonical }) => !canonical.includes('"test":true'));
        await context.eventually(async () => {
          ensure({ that: await probe.holdsPerson({ subjectRef }), otherwise: `the person ${what} is gone` });
          ensure({ that: (await connector.profiles.get({ subjectRef })) !== null, otherwise: `the profile of the person ${what} is gone` });
          ensureEqual({ actual: await probe.countLinks({ subjectRef }), expected: links[index], what: `the links of the person ${what}` });
          ensureEqual({ actual: await connector.consent.listStates({ subjectRef }), expected: states, what: `the states of the person ${what}` });
          const left = (await probe.listDecisions({ subjectRef })).filter(({ canonical }) => !canonical.includes('"test":true'));
          ensureEqual({ actual: left, expected: realRows, what: `the real rows of the person ${what}` });
        });
      }
    },
  },
];

/** What core does for a submission of a test: a decision that is older than all that is real, and so never stands. */
async function recordTest(request: { context: CaseContext; person: Person }): Promise<void> {
  const { context } = request;
  const person = { ...request.person, test: true };
  await consultFor({ context, person });
  await context.record({ person, decisions: [{ status: "given", at: context.at(-1) }] });
}

async function consultFor(request: { context: CaseContext; person: Person }): Promise<void> {
  const { context, person } = request;
  const { ref: proposedRef, identifiers, test } = person;
  await context.connector.ledger?.consult({ queries: [toQuery({ proposedRef, identifiers, test })] });
}

/** A person with a profile, two states and, where there is a ledger, links; `mark` is in every value of the profile. */
async function recordFullPerson(context: CaseContext): Promise<{
  person: Person;
  mark: string;
  rows: Awaited<ReturnType<CaseContext["probe"]["listDecisions"]>>;
  states: readonly ConsentState[];
}> {
  const person = await context.person();
  const mark = randomMark();
  const change = { changedAt: context.at(0), submissionId: globalThis.crypto.randomUUID() };
  const email = person.identifiers.find(({ kind }) => kind === "email")?.value ?? "";
  await context.record({
    person,
    profile: {
      familyName: { value: `Moreau ${mark}`, ...change },
      "address.locality": { value: `Paris ${mark}`, ...change },
      email: { value: email, ...change },
    },
    decisions: [{ status: "given", at: context.at(0) }, { purpose: "loyalty", channel: null, status: "objected", at: context.at(1) }],
  });
  const { ref: subjectRef } = person;
  const [rows, states] = [await context.probe.listDecisions({ subjectRef }), await context.connector.consent.listStates({ subjectRef })];
  return { person, mark, rows, states };
}

function erase(request: { context: CaseContext; subjectRef: string }): Promise<readonly ErasureOutcomeV1[]> {
  const { context, subjectRef } = request;
  const erasure = ensurePresent({ value: context.connector.erasure, what: "the facet erasure" });
  return erasure.erase({ subjectRef, reason: "subjectRequest", requestedAt: context.attachment.clock.now() });
}
