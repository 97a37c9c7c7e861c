import { ensure, ensureEqual, ensurePresent } from "../assertions/ensure.ts";
import type { ConformanceCase } from "../conformance-case.ts";
import { consultOne } from "./consult.ts";
import { collect, custodyOf, eraseRef, toHold } from "./custody.ts";

const newId = (): string => globalThis.crypto.randomUUID();

export const CUSTODY_RECORD_CASES: readonly ConformanceCase[] = [
  {
    id: "custody/an-erasure-can-be-done-again",
    title: "what an erasure log keeps suppresses the identifiers again: the later instant stands, and the erasure is listed",
    facet: "custody",
    run: async ({ connector, person, record, at, stranger }) => {
      const custody = custodyOf(connector);
      const [someone, restored] = [await person(), stranger()];
      await record({ person: someone, decisions: [{ status: "given", at: at(0) }] });
      const suppressions = await custody.listSuppressions({ subjectRef: someone.ref });
      ensureEqual({ actual: suppressions.map(({ kind }) => kind).toSorted(), expected: someone.identifiers.map(({ kind }) => kind).toSorted(), what: "the kinds that are suppressed" });
      await eraseRef({ connector, subjectRef: someone.ref, requestedAt: at(2) });
      for (const since of [at(3), at(1)]) await custody.suppress({ suppressions, since });
      const answer = await consultOne({ connector, query: { identifiers: someone.identifiers, proposedRef: restored.ref } });
      ensureEqual({ actual: [answer.known, answer.suppressedSince], expected: [false, at(3)], what: "the answer to a suppressed identifier" });
      const entry = (await collect(custody.listErasures())).find(({ subjectRef }) => subjectRef === someone.ref);
      ensureEqual({ actual: [entry?.reason, entry?.requestedAt], expected: ["subjectRequest", at(2)], what: "the entry of the erasure" });
    },
  },
  {
    id: "custody/one-revision-of-a-request-stands",
    title: "of two who save a revision of a request one is told `conflict`; requests are listed by what is due",
    facet: "custody",
    run: async ({ connector, person, at }) => {
      const custody = custodyOf(connector);
      const { ref: subjectRef } = await person();
      const toRequest = (dueAt: number | null) => ({ requestId: newId(), subjectRef, kind: "access", state: "open", isOpen: true, dueAt, revision: 1, document: { law: "GDPR", steps: [1, null] } });
      const [undated, late, early] = [toRequest(null), toRequest(at(9)), toRequest(at(1))];
      for (const rightsRequest of [undated, late, early]) {
        const answers = await Promise.all([1, 2].map(() => custody.saveRightsRequest({ rightsRequest, expectedRevision: null })));
        ensureEqual({ actual: answers.toSorted(), expected: ["conflict", "saved"], what: "the answers to a new request twice" });
      }
      const closed = { ...early, revision: 2, isOpen: false, state: "fulfilled" };
      ensureEqual({ actual: await custody.saveRightsRequest({ rightsRequest: closed, expectedRevision: 2 }), expected: "conflict", what: "a revision that does not stand" });
      ensureEqual({ actual: await custody.saveRightsRequest({ rightsRequest: closed, expectedRevision: 1 }), expected: "saved", what: "the next revision" });
      ensureEqual({ actual: await custody.getRightsRequest({ requestId: early.requestId }), expected: closed, what: "the request" });
      ensureEqual({ actual: await custody.getRightsRequest({ requestId: newId() }), expected: null, what: "a request that nobody made" });
      ensureEqual({ actual: await collect(custody.listRightsRequests({ subjectRef })), expected: [closed, late, undated], what: "the requests" });
      ensureEqual({ actual: await collect(custody.listRightsRequests({ subjectRef, isOpen: true })), expected: [late, undated], what: "the open requests" });
    },
  },
  {
    id: "custody/every-look-is-kept",
    title: "accesses are appended once, listed by time between two bounds, and outlive the person",
    facet: "custody",
    run: async ({ connector, person, record, at }) => {
      const custody = custodyOf(connector);
      const someone = await person();
      const { ref: subjectRef } = someone;
      await record({ person: someone, decisions: [{ status: "given", at: at(0) }] });
      const toAccess = (instant: number) => ({ accessId: newId(), at: instant, subjectRef, operation: "show", actor: "officer", reason: "request", attributes: ["email"], recipient: null });
      const [first, second, third] = [toAccess(at(1)), toAccess(at(2)), toAccess(at(3))];
      await custody.recordAccesses({ accesses: [third, first] });
      await custody.recordAccesses({ accesses: [{ ...first, actor: "somebody else" }, second] });
      await eraseRef({ connector, subjectRef, requestedAt: at(4) });
      ensureEqual({ actual: await collect(custody.listAccesses({ subjectRef })), expected: [first, second, third], what: "the accesses" });
      const between = await collect(custody.listAccesses({ subjectRef, since: at(1), until: at(3) }));
      ensureEqual({ actual: between, expected: [first, second], what: "the accesses between two instants" });
      const ofAll = (await collect(custody.listAccesses({ since: at(1), until: at(3) }))).filter((access) => access.subjectRef === subjectRef);
      ensureEqual({ actual: ofAll, expected: [first, second], what: "the accesses of everybody" });
    },
  },
  {
    id: "custody/of-test-people",
    title: "eraseTest removes what is kept of how test people were treated, and nobody else's",
    facet: "custody",
    run: async ({ connector, person, record, at }) => {
      const custody = custodyOf(connector);
      const [real, test] = [await person(), await person({ test: true })];
      for (const someone of [real, test]) {
        await record({ person: someone, decisions: [{ status: "given", at: at(0) }] });
        await custody.setHold({ subjectRef: someone.ref, hold: toHold({ setAt: at(0) }) });
        await custody.recordAccesses({ accesses: [{ accessId: newId(), at: at(1), subjectRef: someone.ref, operation: "show", actor: "officer", reason: "request", attributes: [], recipient: null }] });
      }
      await ensurePresent({ value: connector.erasure, what: "the facet erasure" }).eraseTest();
      for (const { ref: subjectRef } of [real, test]) {
        const left = [await custody.listHolds({ subjectRef }), await collect(custody.listAccesses({ subjectRef }))].map(({ length }) => length);
        ensureEqual({ actual: left, expected: subjectRef === real.ref ? [1, 1] : [0, 0], what: "what is left of a person" });
      }
      ensure({ that: (await connector.consent.listStates({ subjectRef: real.ref })).length > 0, otherwise: "the real person is gone" });
    },
  },
];
