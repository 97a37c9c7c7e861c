import { ensureConnectorError } from "../assertions/ensure-connector-error.ts";
import { ensure, ensureEqual } from "../assertions/ensure.ts";
import type { ConformanceCase } from "../conformance-case.ts";
import type { CaseContext } from "../run/case-context.ts";
import type { Person } from "../world/person.ts";
import { consultOne } from "./consult.ts";
import { custodyOf, rejectionOf, toHold } from "./custody.ts";
import { attemptWrite } from "./operations.ts";

export const CUSTODY_MERGE_CASES: readonly ConformanceCase[] = [
  {
    id: "custody/two-become-one",
    title: "identifiers of either name the one, holds and restrictions apply, states stay where they were recorded, and what arrives under the other ref brings nobody back",
    facet: "custody",
    run: async (context) => {
      const { connector, at, seal, toItem } = context;
      const [from, into] = [await recordPerson(context), await recordPerson(context)];
      const custody = custodyOf(connector);
      const hold = toHold({ setAt: at(0) });
      await custody.setHold({ subjectRef: from.ref, hold });
      await custody.setRestriction({ subjectRef: from.ref, restriction: { since: at(0), reason: "contested" } });
      for (const mergedAt of [at(1), at(2)]) await custody.mergeSubjects({ from: from.ref, into: into.ref, mergedAt });
      const answer = await consultOne({ connector, query: { identifiers: [...from.identifiers, ...into.identifiers] } });
      const told = [answer.ref, answer.alsoMatched, answer.merged, answer.held, answer.restricted];
      ensureEqual({ actual: told, expected: [into.ref, [], [from.ref], true, true], what: "the answer to identifiers of both" });
      ensureEqual({ actual: (await custody.listHolds({ subjectRef: into.ref })).map(({ holdId }) => holdId), expected: [hold.holdId], what: "the holds" });
      ensureEqual({ actual: await custody.listMerged({ subjectRef: into.ref }), expected: [from.ref], what: "who was merged" });
      ensureEqual({ actual: (await connector.consent.listStates({ subjectRef: from.ref })).length, expected: 1, what: "the states under the ref they were recorded under" });
      const { decisions, head } = await seal([{ person: from, status: "withdrawn", at: at(3) }]);
      const late = await attemptWrite({ connector, item: toItem({ person: from, decisions }), heads: [head] });
      const { providerCode } = ensureConnectorError({ error: late.error, connector, codes: ["conflict"], what: "a write under the other ref" });
      ensureEqual({ actual: providerCode, expected: "subjectMerged", what: "the error's providerCode" });
    },
  },
  {
    id: "custody/what-stands-is-of-both",
    title: "of two who became one the greater state stands, and what only one of them decided stands for both",
    facet: "custody",
    run: async (context) => {
      const { connector, at } = context;
      const [from, into] = [await context.person(), await context.person()];
      await context.record({ person: from, decisions: [{ status: "withdrawn", at: at(3) }, { purpose: "profiling", channel: null, status: "given", at: at(0) }] });
      await context.record({ person: into, decisions: [{ status: "given", at: at(2) }] });
      await custodyOf(connector).mergeSubjects({ from: from.ref, into: into.ref, mergedAt: at(4) });
      const { states } = await consultOne({ connector, query: { identifiers: into.identifiers } });
      const told = Object.fromEntries(states.map(({ purpose, status, effectiveAt }) => [purpose, [status, effectiveAt]]));
      ensureEqual({ actual: told, expected: { "marketing.email": ["withdrawn", at(3)], profiling: ["given", at(0)] }, what: "what stands for both" });
    },
  },
  {
    id: "custody/what-lies-under-a-merged-ref-is-cleared",
    title: "what clears attributes under a merged ref, and comes from no submission, is taken, and nothing else is",
    facet: "custody",
    run: async (context) => {
      const { connector, at, seal, toItem } = context;
      const [from, into] = [await context.person(), await recordPerson(context)];
      const change = { changedAt: at(0), submissionId: globalThis.crypto.randomUUID() };
      const profile = { familyName: { value: "Moreau", ...change }, givenName: { value: "Inès", ...change } };
      const { item: first } = await context.record({ person: from, profile, decisions: [{ status: "given", at: at(0) }] });
      await custodyOf(connector).mergeSubjects({ from: from.ref, into: into.ref, mergedAt: at(1) });
      const later = { changedAt: at(2), submissionId: globalThis.crypto.randomUUID() };
      const bare = { ...first, subject: { ...first.subject, identifiers: [] }, submissions: [], decisions: [], states: [] };
      const clearing = { ...bare, writeId: "clears", profile: { familyName: { value: null, ...later } } };
      const cleared = await attemptWrite({ connector, item: clearing, heads: [] });
      ensureEqual({ actual: cleared.error, expected: undefined, what: "the error of an item that clears" });
      const { decisions, head } = await seal([{ person: from, status: "withdrawn", at: at(3) }]);
      const refused = [
        { item: { ...clearing, profile: { givenName: { value: "Ines", ...later } } }, heads: [] },
        { item: { ...clearing, profile: { givenName: { value: null, ...later } }, submissions: [{ submissionId: later.submissionId, contentDigest: "0".repeat(64), keyId: "kit" }] }, heads: [] },
        { item: { ...toItem({ person: from, decisions }), profile: { givenName: { value: null, ...later } } }, heads: [head] },
      ];
      for (const write of refused) {
        const { error } = await attemptWrite({ connector, ...write });
        const { providerCode } = ensureConnectorError({ error, connector, codes: ["conflict"], what: "what brings something under a merged ref" });
        ensureEqual({ actual: providerCode, expected: "subjectMerged", what: "the error's providerCode" });
      }
      const stored = await connector.profiles.get({ subjectRef: from.ref });
      ensureEqual({ actual: Object.keys(stored?.attributes ?? {}), expected: ["givenName"], what: "the attributes that are left" });
    },
  },
  {
    id: "custody/merged-people-are-told",
    title: "of many refs those that are one person by now are told as one, and whoever has one ref is not told",
    facet: "custody",
    run: async (context) => {
      const { connector, at, stranger } = context;
      const [first, second, third, alone] = [await recordPerson(context), await recordPerson(context), await recordPerson(context), await recordPerson(context)];
      const custody = custodyOf(connector);
      await custody.mergeSubjects({ from: first.ref, into: second.ref, mergedAt: at(1) });
      await custody.mergeSubjects({ from: second.ref, into: third.ref, mergedAt: at(2) });
      const expected = [{ subjectRef: third.ref, merged: [first.ref, second.ref].toSorted() }];
      for (const refs of [[first.ref], [third.ref], [second.ref, alone.ref, first.ref, stranger().ref]]) {
        ensureEqual({ actual: await custody.listMergedPeople({ subjectRefs: refs }), expected, what: "who is one by now" });
      }
      ensureEqual({ actual: await custody.listMergedPeople({ subjectRefs: [alone.ref] }), expected: [], what: "who has one ref" });
    },
  },
  {
    id: "custody/merges-go-on",
    title: "who was merged into somebody who was merged is the last of them",
    facet: "custody",
    run: async (context) => {
      const { connector, at } = context;
      const [first, second, third] = [await recordPerson(context), await recordPerson(context), await recordPerson(context)];
      const custody = custodyOf(connector);
      await custody.mergeSubjects({ from: first.ref, into: second.ref, mergedAt: at(1) });
      await custody.mergeSubjects({ from: second.ref, into: third.ref, mergedAt: at(2) });
      const answer = await consultOne({ connector, query: { identifiers: first.identifiers } });
      ensureEqual({ actual: answer.ref, expected: third.ref, what: "whom the first one's identifier names" });
      const merged = await custody.listMerged({ subjectRef: third.ref });
      ensureEqual({ actual: merged, expected: [first.ref, second.ref].toSorted(), what: "who was merged" });
    },
  },
  {
    id: "custody/a-merge-that-cannot-be",
    title: "who was given to somebody else, a circle, and nobody are errors, and change nothing",
    facet: "custody",
    run: async (context) => {
      const { connector, at, stranger } = context;
      const [from, into, other] = [await recordPerson(context), await recordPerson(context), await recordPerson(context)];
      const custody = custodyOf(connector);
      const merge = (pair: { from: string; into: string }): Promise<unknown> => rejectionOf(custody.mergeSubjects({ ...pair, mergedAt: at(1) }));
      ensure({ that: (await merge({ from: from.ref, into: into.ref })) === undefined, otherwise: "two people could not be merged" });
      for (const pair of [{ from: from.ref, into: other.ref }, { from: into.ref, into: from.ref }]) {
        ensureConnectorError({ error: await merge(pair), connector, codes: ["conflict"], what: "a merge into somebody else" });
      }
      for (const pair of [{ from: stranger().ref, into: other.ref }, { from: other.ref, into: stranger().ref }]) {
        ensureConnectorError({ error: await merge(pair), connector, codes: ["invalidInput"], what: "a merge of nobody" });
      }
      ensureEqual({ actual: await custody.listMerged({ subjectRef: other.ref }), expected: [], what: "who was merged into the other" });
    },
  },
];

async function recordPerson(context: CaseContext): Promise<Person> {
  const person = await context.person();
  await context.record({ person, decisions: [{ status: "given", at: context.at(0) }] });
  return person;
}
