import type { ConnectorV1, ConsentState } from "@volenti/core/adapter";
import { ensureEqual, ensurePresent } from "../assertions/ensure.ts";
import type { ConformanceCase, SkipSubject } from "../conformance-case.ts";

/** Enough for a system that asks in parts to need several. */
const STRANGERS = 120;

function asksOneByOne({ connector }: SkipSubject): string | undefined {
  return connector.consent.listStatesOf === undefined ? "facet consent: has no listStatesOf" : undefined;
}

/** What `listStatesOf` answers, as plain data in the order of the refs. */
async function listTogether(request: { connector: ConnectorV1; subjectRefs: readonly string[] }): Promise<Listed[]> {
  const { connector, subjectRefs } = request;
  const states = ensurePresent({ value: await connector.consent.listStatesOf?.({ subjectRefs }), what: "the answer about several people" });
  return inOrder([...states]);
}

/** The same, from one `listStates` a person. */
async function listOneByOne(request: { connector: ConnectorV1; subjectRefs: readonly string[] }): Promise<Listed[]> {
  const { connector, subjectRefs } = request;
  const listed: Listed[] = [];
  for (const subjectRef of subjectRefs) listed.push([subjectRef, await connector.consent.listStates({ subjectRef })]);
  return inOrder(listed.filter(([, states]) => states.length > 0));
}

type Listed = [subjectRef: string, states: readonly ConsentState[]];

function inOrder(listed: Listed[]): Listed[] {
  return listed.toSorted(([left], [right]) => (left < right ? -1 : 1));
}

export const SEVERAL_PEOPLE_CASES: readonly ConformanceCase[] = [
  {
    id: "consent-read/several-people-as-each-alone",
    title: "the states of several people are what each alone has, and who has none is not among them",
    skip: asksOneByOne,
    run: async ({ connector, record, person, people, stranger, at, eventually }) => {
      const [first, middle, last] = await people(3);
      const silent = await person();
      const strangers = Array.from({ length: 2 * STRANGERS }, () => stranger().ref);
      const written = [first, middle, last].map((each) => ensurePresent({ value: each, what: "a person" }));
      for (const [index, someone] of written.entries()) {
        await record({
          person: someone,
          decisions: [
            { purpose: "profiling", channel: null, status: "given", at: at(index), recipients: ["analytics-partner"], attributes: ["birthdate"], validUntil: at(400) },
            ...(index < 2 ? [{ purpose: "marketing.every", channel: null, status: "refused", at: at(1) } as const] : []),
            ...(index < 1 ? [{ purpose: "loyalty", channel: null, status: "given", at: at(2) } as const] : []),
          ],
        });
      }
      const change = { changedAt: at(0), submissionId: globalThis.crypto.randomUUID() };
      await record({ person: silent, decisions: [], profile: { familyName: { value: "Moreau", ...change } } });
      const [one = "", two = "", three = ""] = written.map(({ ref }) => ref);
      const subjectRefs = [one, ...strangers.slice(0, STRANGERS), two, silent.ref, ...strangers.slice(STRANGERS), three, one];
      await eventually(async () => {
        const expected = await listOneByOne({ connector, subjectRefs: [one, two, three, silent.ref] });
        ensureEqual({ actual: expected.map(([ref]) => ref), expected: [one, two, three].toSorted(), what: "the people of whom states are held" });
        ensureEqual({ actual: await listTogether({ connector, subjectRefs }), expected, what: "the states of several people" });
      });
    },
  },
  {
    id: "consent-read/several-hostile-refs-find-nobody",
    title: "among several, a ref that is a pattern, a query, nothing at all or in other letters finds nobody",
    skip: asksOneByOne,
    run: async ({ connector, record, person, stranger, at, eventually }) => {
      const someone = await person();
      await record({ person: someone, decisions: [{ status: "given", at: at(0) }] });
      const { ref } = someone;
      const hostile = ["%", "*", "_".repeat(26), "' OR '1'='1", '" or ""="', "", "\\", "__proto__", `${ref}%`, `${ref},`, ref.toUpperCase()];
      const strangers = Array.from({ length: STRANGERS }, () => stranger().ref);
      await eventually(async () => {
        const expected = await listOneByOne({ connector, subjectRefs: [ref] });
        ensureEqual({ actual: expected.length, expected: 1, what: "the number of people of whom states are held" });
        ensureEqual({ actual: await listTogether({ connector, subjectRefs: [ref, ...strangers, ...hostile] }), expected, what: "the states of one among hostile refs" });
      });
      ensureEqual({ actual: await listTogether({ connector, subjectRefs: hostile }), expected: [], what: "the states of nobody" });
      ensureEqual({ actual: await listTogether({ connector, subjectRefs: [] }), expected: [], what: "the states of no one asked for" });
    },
  },
];
