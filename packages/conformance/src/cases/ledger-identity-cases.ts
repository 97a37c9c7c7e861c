import { ensure, ensureEqual } from "../assertions/ensure.ts";
import type { ConformanceCase } from "../conformance-case.ts";
import { consultOne, freshIdentifier, ledgerOf, toQuery } from "./consult.ts";

export const LEDGER_IDENTITY_CASES: readonly ConformanceCase[] = [
  {
    id: "ledger/reserves-a-stranger",
    title: "a person who is not known is reserved under the proposed ref, and is known from then on under the same",
    facet: "ledger",
    run: async ({ connector, connect }) => {
      const identifiers = [freshIdentifier("email")];
      const first = await consultOne({ connector, query: { identifiers } });
      ensureEqual({ actual: [first.ref, first.known], expected: [first.proposedRef, false], what: "the first answer" });
      ensureEqual({ actual: [first.identifiersElsewhere, first.alsoMatched, first.states, first.recorded], expected: [[], [], [], []], what: "the lists of the first answer" });
      ensureEqual({ actual: [first.suppressedSince, first.held, first.restricted], expected: [null, false, false], what: "the flags of the first answer" });
      for (const asked of [connector, await connect()]) {
        const again = await consultOne({ connector: asked, query: { identifiers } });
        ensureEqual({ actual: [again.ref, again.known], expected: [first.ref, true], what: "the answer from then on" });
      }
    },
  },
  {
    id: "ledger/links-what-is-unknown",
    title: "an unknown identifier beside a known one is linked: e-mail today and phone tomorrow are one person",
    facet: "ledger",
    run: async ({ connector, probe }) => {
      const [email, phone, loyaltyId] = [freshIdentifier("email"), freshIdentifier("phone"), freshIdentifier("loyaltyId")];
      const first = await consultOne({ connector, query: { identifiers: [email] } });
      const second = await consultOne({ connector, query: { identifiers: [phone, email] } });
      ensureEqual({ actual: [second.ref, second.known, second.identifiersElsewhere], expected: [first.ref, true, []], what: "the answer that links" });
      const third = await consultOne({ connector, query: { identifiers: [loyaltyId, phone] } });
      ensureEqual({ actual: third.ref, expected: first.ref, what: "the ref by phone" });
      const fourth = await consultOne({ connector, query: { identifiers: [loyaltyId] } });
      ensureEqual({ actual: [fourth.ref, fourth.known], expected: [first.ref, true], what: "the answer by loyaltyId" });
      ensureEqual({ actual: await probe.countLinks({ subjectRef: first.ref }), expected: 3, what: "the links in the store" });
    },
  },
  {
    id: "ledger/the-first-known-names-the-person",
    title: "the first known identifier names the person; one of somebody else is reported, and stays where it was",
    facet: "ledger",
    run: async ({ connector, probe }) => {
      const [left, right, unknown] = [freshIdentifier("email"), freshIdentifier("phone"), freshIdentifier("loyaltyId")];
      const { ref: leftRef } = await consultOne({ connector, query: { identifiers: [left] } });
      const { ref: rightRef } = await consultOne({ connector, query: { identifiers: [right] } });
      ensure({ that: leftRef !== rightRef, otherwise: "two strangers were given one ref" });
      const both = await consultOne({ connector, query: { identifiers: [unknown, right, left] } });
      ensureEqual({ actual: [both.ref, both.known], expected: [rightRef, true], what: "who is named" });
      ensureEqual({ actual: [both.identifiersElsewhere, both.alsoMatched], expected: [[2], [leftRef]], what: "who else is" });
      const after = await consultOne({ connector, query: { identifiers: [left] } });
      ensureEqual({ actual: after.ref, expected: leftRef, what: "whom the identifier elsewhere still names" });
      const linked = await consultOne({ connector, query: { identifiers: [unknown] } });
      ensureEqual({ actual: linked.ref, expected: rightRef, what: "whom the unknown identifier names now" });
      ensureEqual({ actual: await probe.countLinks({ subjectRef: leftRef }), expected: 1, what: "the other's links" });
    },
  },
  {
    id: "ledger/others-are-named-once",
    title: "another person with two of the identifiers is named once, a third one too, in positions of the query",
    facet: "ledger",
    run: async ({ connector }) => {
      const [own, email, phone, third] = [freshIdentifier("loyaltyId"), freshIdentifier("email"), freshIdentifier("phone"), freshIdentifier("externalId")];
      const { ref: ownRef } = await consultOne({ connector, query: { identifiers: [own] } });
      const { ref: otherRef } = await consultOne({ connector, query: { identifiers: [email, phone] } });
      const { ref: thirdRef } = await consultOne({ connector, query: { identifiers: [third] } });
      const answer = await consultOne({ connector, query: { identifiers: [own, email, phone, third] } });
      ensureEqual({ actual: [answer.ref, answer.identifiersElsewhere], expected: [ownRef, [1, 2, 3]], what: "the positions" });
      ensureEqual({ actual: answer.alsoMatched.toSorted(), expected: [otherRef, thirdRef].toSorted(), what: "the others" });
    },
  },
  {
    id: "ledger/identifiers-are-exact",
    title: "identifiers that differ in kind, letter case, normal form, space or by a character are different people",
    facet: "ledger",
    run: async ({ connector }) => {
      const { value } = freshIdentifier("externalId");
      const variants = [
        { kind: "externalId", value },
        { kind: "loyaltyId", value },
        { kind: "token", value },
        { kind: "externalId", value: value.toUpperCase() },
        { kind: "externalId", value: `${value}\u00e9` },
        { kind: "externalId", value: `${value}e\u0301` },
        { kind: "externalId", value: `${value}e` },
        { kind: "externalId", value: `0${value}` },
        { kind: "externalId", value: `${value}𠮷` },
        { kind: "externalId", value: `${value}野` },
      ] as const;
      const refs = new Set<string>();
      for (const identifier of variants) refs.add((await consultOne({ connector, query: { identifiers: [identifier] } })).ref);
      ensureEqual({ actual: refs.size, expected: variants.length, what: "the number of different people" });
    },
  },
  {
    id: "ledger/answers-in-order",
    title: "many queries are answered in their order, known and unknown ones mixed; none with none",
    facet: "ledger",
    run: async ({ connector }) => {
      const identifiers = Array.from({ length: 12 }, () => freshIdentifier("email"));
      const known = new Map<number, string>();
      for (const [index, identifier] of identifiers.entries()) {
        if (index % 2 === 1) known.set(index, (await consultOne({ connector, query: { identifiers: [identifier] } })).ref);
      }
      const queries = identifiers.map((identifier) => toQuery({ identifiers: [identifier] }));
      const answers = await ledgerOf(connector).consult({ queries });
      ensureEqual({
        actual: answers.map(({ ref, known: isKnown }) => [ref, isKnown]),
        expected: queries.map(({ proposedRef }, index) => [known.get(index) ?? proposedRef, known.has(index)]),
        what: "the answers",
      });
      ensureEqual({ actual: await ledgerOf(connector).consult({ queries: [] }), expected: [], what: "the answers to nothing" });
    },
  },
  {
    id: "ledger/one-person-in-two-queries",
    title: "two queries of one call that share an identifier are given one ref",
    facet: "ledger",
    run: async ({ connector }) => {
      const [email, phone] = [freshIdentifier("email"), freshIdentifier("phone")];
      const queries = [toQuery({ identifiers: [email] }), toQuery({ identifiers: [phone, email] })];
      const answers = await ledgerOf(connector).consult({ queries });
      const [first, second] = answers;
      ensureEqual({ actual: second?.ref, expected: first?.ref, what: "the second query's ref" });
      const byPhone = await consultOne({ connector, query: { identifiers: [phone] } });
      ensureEqual({ actual: [byPhone.ref, byPhone.known], expected: [first?.ref, true], what: "the answer by phone" });
    },
  },
  {
    id: "ledger/racing-callers-are-given-one-ref",
    title: "callers who race for one identifier are given the same ref, and one of them reserved it",
    facet: "ledger",
    run: async ({ connector, connect }) => {
      const other = await connect();
      for (let round = 0; round < 5; round += 1) {
        const email = freshIdentifier("email");
        const answers = await Promise.all(
          Array.from({ length: 6 }, (_, index) =>
            consultOne({
              connector: index % 2 === 0 ? connector : other,
              query: { identifiers: index % 3 === 0 ? [email] : [freshIdentifier("phone"), email] },
            }),
          ),
        );
        ensureEqual({ actual: new Set(answers.map(({ ref }) => ref)).size, expected: 1, what: "the number of refs" });
        const reservers = answers.filter(({ ref, proposedRef, known }) => !known && ref === proposedRef);
        ensureEqual({ actual: reservers.length, expected: 1, what: "how many reserved it" });
        const after = await consultOne({ connector, query: { identifiers: [email] } });
        ensureEqual({ actual: after.ref, expected: answers[0]?.ref, what: "the ref that remains" });
      }
    },
  },
];
