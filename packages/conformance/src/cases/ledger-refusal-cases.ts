import type { LedgerQueryV1 } from "@volenti/core/adapter";
import { ensureEqual, ensurePresent } from "../assertions/ensure.ts";
import type { ConformanceCase, SkipSubject } from "../conformance-case.ts";
import type { CaseContext } from "../run/case-context.ts";
import type { Person } from "../world/person.ts";
import { randomDigest } from "../world/random.ts";
import { freshSubmission } from "../world/to-item.ts";
import { consultOne, freshIdentifier } from "./consult.ts";

function erasesNobody({ connector }: SkipSubject): string | undefined {
  return connector.erasure === undefined ? "facet erasure: absent" : undefined;
}

/** What is not going to be written must leave nobody behind. */
export const LEDGER_REFUSAL_CASES: readonly ConformanceCase[] = [
  {
    id: "ledger/an-older-submission-links-nobody",
    title: "a submission that was given before one of its identifiers was erased reserves nobody and links nothing, and is told since when",
    facet: "ledger",
    skip: erasesNobody,
    run: async (context) => {
      const { connector, probe } = context;
      const { erased, erasedAt } = await erasedPerson(context);
      const phone = freshIdentifier("phone");
      const stranger = await consultOne({ connector, query: { identifiers: [...erased.identifiers, phone], occurredAt: erasedAt - 1, onlyRefuses: false } });
      ensureEqual({ actual: [stranger.ref, stranger.known, stranger.suppressedSince], expected: [stranger.proposedRef, false, erasedAt], what: "the answer to the older submission" });
      ensureEqual({ actual: await probe.countLinks({ subjectRef: stranger.ref }), expected: 0, what: "the links of the proposed ref" });
      const loyaltyId = freshIdentifier("loyaltyId");
      const { ref: subjectRef } = await consultOne({ connector, query: { identifiers: [loyaltyId] } });
      const known = await consultOne({ connector, query: { identifiers: [loyaltyId, ...erased.identifiers], occurredAt: erasedAt - 1, onlyRefuses: false } });
      ensureEqual({ actual: [known.ref, known.known, known.suppressedSince], expected: [subjectRef, true, erasedAt], what: "the answer about a person who is known otherwise" });
      ensureEqual({ actual: await probe.countLinks({ subjectRef }), expected: 1, what: "the links of the person who is known otherwise" });
      const after = await consultOne({ connector, query: { identifiers: [phone] } });
      ensureEqual({ actual: after.known, expected: false, what: "whether the identifier beside the erased one was linked" });
    },
  },
  {
    id: "ledger/a-newer-submission-links-again",
    title: "a submission that was given at the erasure or after it makes a new person of the same identifiers",
    facet: "ledger",
    skip: erasesNobody,
    run: async (context) => {
      for (const later of [0, 1]) {
        const { erased, erasedAt } = await erasedPerson(context);
        await ensureLinks({ context, erased, erasedAt, query: { occurredAt: erasedAt + later, onlyRefuses: false } });
      }
    },
  },
  {
    id: "ledger/a-refusal-links-at-any-time",
    title: "a submission that only refuses is never turned away, not even one that is older than the erasure",
    facet: "ledger",
    skip: erasesNobody,
    run: async (context) => {
      const { erased, erasedAt } = await erasedPerson(context);
      await ensureLinks({ context, erased, erasedAt, query: { occurredAt: erasedAt - 1, onlyRefuses: true } });
    },
  },
  {
    id: "ledger/a-conflicting-submission-links-nobody",
    title: "a submission whose id is recorded with another content reserves nobody and links nothing, whatever it holds",
    facet: "ledger",
    run: async (context) => {
      const { connector, probe, seal, send, toItem, at } = context;
      const someone = await context.person();
      const submission = freshSubmission();
      const { decisions, head } = await seal([{ person: someone, status: "given", at: at(0) }]);
      await send({ items: [toItem({ person: someone, decisions, submission })], heads: [head] });
      const links = await probe.countLinks({ subjectRef: someone.ref });
      const phone = freshIdentifier("phone");
      for (const onlyRefuses of [false, true]) {
        const query = { submission: { ...submission, contentDigest: randomDigest() }, onlyRefuses };
        const known = await consultOne({ connector, query: { ...query, identifiers: [...someone.identifiers, phone] } });
        ensureEqual({ actual: [known.ref, known.submission], expected: [someone.ref, "conflicting"], what: "the answer about the person" });
        ensureEqual({ actual: await probe.countLinks({ subjectRef: someone.ref }), expected: links, what: "the person's links" });
        const stranger = await consultOne({ connector, query: { ...query, identifiers: [phone] } });
        ensureEqual({ actual: [stranger.ref, stranger.known, stranger.submission], expected: [stranger.proposedRef, false, "conflicting"], what: "the answer about a stranger" });
        ensureEqual({ actual: await probe.countLinks({ subjectRef: stranger.ref }), expected: 0, what: "the links of the proposed ref" });
      }
    },
  },
];

async function erasedPerson(context: CaseContext): Promise<{ erased: Person; erasedAt: number }> {
  const { connector, attachment, record, at } = context;
  const erased = await context.person();
  await record({ person: erased, decisions: [{ status: "given", at: at(0) }] });
  const erasedAt = attachment.clock.now();
  const erasure = ensurePresent({ value: connector.erasure, what: "the facet erasure" });
  await erasure.erase({ subjectRef: erased.ref, reason: "subjectRequest", requestedAt: erasedAt });
  return { erased, erasedAt };
}

async function ensureLinks(request: {
  context: CaseContext;
  erased: Person;
  erasedAt: number;
  query: Pick<LedgerQueryV1, "occurredAt" | "onlyRefuses">;
}): Promise<void> {
  const { context, erased, erasedAt, query } = request;
  const { connector, probe } = context;
  const { identifiers } = erased;
  const answer = await consultOne({ connector, query: { identifiers, ...query } });
  ensureEqual({ actual: [answer.ref, answer.known, answer.suppressedSince], expected: [answer.proposedRef, false, erasedAt], what: "the answer" });
  ensureEqual({ actual: await probe.countLinks({ subjectRef: answer.ref }), expected: identifiers.length, what: "the links of the new person" });
  const again = await consultOne({ connector, query: { identifiers } });
  ensureEqual({ actual: [again.ref, again.known], expected: [answer.ref, true], what: "the answer from then on" });
}
