import type { ConnectorErrorCode, SignedHead, SubjectWriteV1 } from "@volenti/core/adapter";
import { ensureConnectorError, rejectionOf } from "../assertions/ensure-connector-error.ts";
import { ensure, ensureEqual, ensurePresent } from "../assertions/ensure.ts";
import type { ConformanceCase } from "../conformance-case.ts";
import type { CaseContext } from "../run/case-context.ts";
import type { Person } from "../world/person.ts";
import { attemptWrite, readsOf } from "./operations.ts";

const NOT_REACHED: readonly ConnectorErrorCode[] = ["unavailable", "timedOut"];

export const ERROR_CASES: readonly ConformanceCase[] = [
  {
    id: "errors/unreachable-never-looks-empty",
    title: "while the system is unreachable every read rejects, about a known person and about a stranger",
    fault: "unavailable",
    run: async (context) => {
      const someone = await writtenPerson(context);
      await context.faults.unavailable?.();
      await ensureReadsReject({ context, person: someone, codes: NOT_REACHED });
      await ensureReadsReject({ context, person: context.stranger(), codes: NOT_REACHED });
      await context.faults.clear();
      for (const { call } of readsOf({ connector: context.connector, person: someone })) await call();
    },
  },
  {
    id: "errors/unreachable-write-applies-nothing",
    title: "a write to an unreachable system says `unavailable`, and the same write is applied later",
    fault: "unavailable",
    run: async (context) => {
      const { someone, item, heads } = await preparedWrite(context);
      await context.faults.unavailable?.();
      const { error } = await attemptWrite({ connector: context.connector, item, heads });
      ensureConnectorError({ error, connector: context.connector, codes: ["unavailable"], what: "the write" });
      await context.faults.clear();
      ensureEqual({ actual: await isApplied({ context, person: someone }), expected: false, what: "whether anything was applied" });
      await ensureAppliedNow({ context, item, heads });
    },
  },
  {
    id: "errors/unreachable-erasure-says-so",
    title: "an erasure that cannot reach the system rejects, and erases when it can",
    facet: "erasure",
    fault: "unavailable",
    run: async (context) => {
      const { connector, faults, attachment } = context;
      const someone = await writtenPerson(context);
      const erasure = ensurePresent({ value: connector.erasure, what: "the facet erasure" });
      const call = (): Promise<unknown> => erasure.erase({ subjectRef: someone.ref, reason: "subjectRequest", requestedAt: attachment.clock.now() });
      await faults.unavailable?.();
      for (const attempt of [call, () => erasure.eraseTest()]) {
        ensureConnectorError({ error: await rejectionOf({ call: attempt, what: "the erasure" }), connector, codes: ["unavailable"], what: "the erasure" });
      }
      await faults.clear();
      ensure({ that: await context.probe.holdsPerson({ subjectRef: someone.ref }), otherwise: "the person is gone" });
      await call();
      ensureEqual({ actual: await context.probe.holdsPerson({ subjectRef: someone.ref }), expected: false, what: "whether the person is held" });
    },
  },
  {
    id: "errors/lost-answer-is-unknown",
    title: "a write whose answer was lost is `outcomeUnknown`, and the very same write may come again without doubling",
    fault: "dropAfterApply",
    run: async (context) => {
      const { someone, item, heads } = await preparedWrite(context);
      await context.faults.dropAfterApply?.();
      const { error } = await attemptWrite({ connector: context.connector, item, heads });
      ensureConnectorError({ error, connector: context.connector, codes: ["outcomeUnknown"], what: "the write" });
      await context.faults.clear();
      // Where nothing landed, the rest would prove nothing and still be green.
      await context.eventually(async () => {
        const hasLanded = await isApplied({ context, person: someone });
        ensure({ that: hasLanded, otherwise: "the harness's fault dropAfterApply applied nothing: it must let the write land, and break the connection before its answer" });
      });
      await ensureSafeToSendAgain({ context, someone, item, heads });
    },
  },
  {
    id: "errors/lost-call-applies-nothing-by-half",
    title: "a write that broke before it was applied is not said to be written, and the very same write may come again",
    fault: "dropBeforeApply",
    run: async (context) => {
      const { someone, item, heads } = await preparedWrite(context);
      await context.faults.dropBeforeApply?.();
      const { error } = await attemptWrite({ connector: context.connector, item, heads });
      ensureConnectorError({ error, connector: context.connector, codes: ["outcomeUnknown", "unavailable"], what: "the write" });
      await context.faults.clear();
      await ensureSafeToSendAgain({ context, someone, item, heads });
    },
  },
  {
    id: "errors/lost-read-rejects",
    title: "a read whose connection breaks rejects; it never answers that there is nothing",
    fault: "dropBeforeApply",
    run: async (context) => {
      const someone = await writtenPerson(context);
      await context.faults.dropBeforeApply?.();
      await ensureReadsReject({ context, person: someone, codes: [...NOT_REACHED, "outcomeUnknown"] });
    },
  },
  {
    id: "errors/rate-limit-names-its-time",
    title: "a refusal for the call budget is `rateLimited`, with the instant that the system named",
    fault: "rateLimited",
    run: async (context) => {
      const { connector, faults, attachment } = context;
      const { someone, item, heads } = await preparedWrite(context);
      const notBefore = attachment.clock.now() + 90_000;
      await faults.rateLimited?.({ notBefore });
      const read = await rejectionOf({ call: () => connector.consent.listStates({ subjectRef: someone.ref }), what: "the read" });
      const write = await attemptWrite({ connector, item, heads });
      for (const error of [read, write.error]) {
        const { retry } = ensureConnectorError({ error, connector, codes: ["rateLimited"], what: "the refusal" });
        const named = retry.kind === "afterDelay" ? retry.notBefore : undefined;
        // Headers name whole seconds.
        ensure({ that: named !== undefined && Math.abs(named - notBefore) < 1000, otherwise: "the instant that the system named is lost" });
      }
      await faults.clear();
      await ensureAppliedNow({ context, item, heads });
    },
  },
  {
    id: "errors/never-tries-again-itself",
    title: "a call that is refused is made once: trying again belongs to core",
    fault: "rateLimited",
    skip: ({ harness }) => (harness.probe.countCalls === undefined ? "probe countCalls: not offered by the harness" : undefined),
    run: async (context) => {
      const { connector, faults, probe, attachment } = context;
      const someone = await writtenPerson(context);
      const count = async (call: () => Promise<unknown>): Promise<number> => {
        const before = (await probe.countCalls?.()) ?? 0;
        await call().catch(() => {});
        return ((await probe.countCalls?.()) ?? 0) - before;
      };
      const { item, heads } = await preparedWrite(context);
      const calls = [
        () => connector.consent.listStates({ subjectRef: someone.ref }),
        () => connector.intake.write({ items: [item], heads }),
      ];
      for (const call of calls) {
        const healthy = await count(call);
        await faults.rateLimited?.({ notBefore: attachment.clock.now() });
        const refused = await count(call);
        await faults.clear();
        ensure({ that: refused <= healthy, otherwise: `a refused call was made ${refused} times, a healthy one takes ${healthy}` });
      }
    },
  },
  {
    id: "errors/expired-session",
    title: "an expired session is renewed or is `unauthenticated`; it is never an empty answer",
    fault: "expiredSession",
    run: async (context) => {
      const { connector, faults } = context;
      const someone = await writtenPerson(context);
      const { item, heads } = await preparedWrite(context);
      await faults.expiredSession?.();
      for (const { name, call } of readsOf({ connector, person: someone }).slice(1, 4)) {
        const result = await call().then((answer) => ({ answer }), (error: unknown) => ({ error }));
        if ("error" in result) ensureConnectorError({ error: result.error, connector, codes: ["unauthenticated"], what: name });
        else ensure({ that: result.answer !== null && !(Array.isArray(result.answer) && result.answer.length === 0), otherwise: `${name} answered nothing` });
      }
      const { status, error } = await attemptWrite({ connector, item, heads });
      if (status !== "written") ensureConnectorError({ error, connector, codes: ["unauthenticated"], what: "the write" });
      await faults.clear();
      await ensureAppliedNow({ context, item, heads });
    },
  },
  {
    id: "errors/malformed-answer",
    title: "an answer that cannot be understood is `malformedResponse`, never an empty one and never success",
    fault: "malformed",
    run: async (context) => {
      const someone = await writtenPerson(context);
      const { item, heads } = await preparedWrite(context);
      await context.faults.malformed?.();
      // A check whose answer has no body has nothing to understand.
      await ensureReadsReject({ context, person: someone, codes: ["malformedResponse"], mayAnswer: "checkConnection" });
      const { error } = await attemptWrite({ connector: context.connector, item, heads });
      ensureConnectorError({ error, connector: context.connector, codes: ["malformedResponse", "outcomeUnknown"], what: "the write" });
    },
  },
  {
    id: "errors/lands-whole-or-not",
    title: "a person's profile, states and rows land together, whatever broke",
    fault: "dropBeforeApply",
    skip: ({ traits, harness }) =>
      traits.atomicity === "perRecord"
        ? "trait atomicity: perRecord"
        : harness.faults?.refuseSubject === undefined
          ? "fault refuseSubject: not offered by the harness"
          : undefined,
    run: async (context) => {
      const { faults, connector, probe, traits } = context;
      for (const fault of ["dropBeforeApply", "dropAfterApply", "refuseSubject", "malformed"] as const) {
        const { someone, item, heads } = await preparedWrite(context);
        await faults[fault]?.({ subjectRef: someone.ref });
        await attemptWrite({ connector, item, heads });
        await faults.clear();
        const hasState = (await probe.listStates({ subjectRef: someone.ref })).length > 0;
        const hasProfile = Object.keys(await probe.readAttributes({ subjectRef: someone.ref })).length > 0;
        ensureEqual({ actual: hasProfile, expected: hasState, what: `whether the profile landed with the decision (${fault})` });
        if (traits.historyDepth === "latestOnly") continue;
        const hasRow = (await probe.listDecisions({ subjectRef: someone.ref })).length > 0;
        ensureEqual({ actual: hasRow, expected: hasState, what: `whether the row landed with the state (${fault})` });
      }
    },
  },
];

async function writtenPerson(context: CaseContext): Promise<Person> {
  const someone = await context.person();
  const change = { changedAt: context.at(0), submissionId: globalThis.crypto.randomUUID() };
  const email = someone.identifiers.find(({ kind }) => kind === "email")?.value ?? "";
  await context.record({
    person: someone,
    decisions: [{ status: "given", at: context.at(0) }],
    profile: { familyName: { value: "Moreau", ...change }, email: { value: email, ...change } },
  });
  return someone;
}

async function preparedWrite(context: CaseContext): Promise<{ someone: Person; item: SubjectWriteV1; heads: readonly SignedHead[] }> {
  const someone = await context.person();
  const { decisions, head } = await context.seal([{ person: someone, status: "given", at: context.at(0) }]);
  const change = { changedAt: context.at(0), submissionId: globalThis.crypto.randomUUID() };
  const item = context.toItem({ person: someone, decisions, profile: { familyName: { value: "Moreau", ...change } } });
  return { someone, item, heads: [head] };
}

async function ensureReadsReject(request: {
  context: CaseContext;
  person: Person;
  codes: readonly ConnectorErrorCode[];
  mayAnswer?: string | undefined;
}): Promise<void> {
  const { context, person, codes, mayAnswer } = request;
  for (const { name, call } of readsOf({ connector: context.connector, person })) {
    const error = name === mayAnswer ? await call().then(() => null, (thrown: unknown) => thrown) : await rejectionOf({ call, what: name });
    if (name === mayAnswer && error === null) continue;
    ensureConnectorError({ error, connector: context.connector, codes, what: name });
  }
}

async function isApplied(request: { context: CaseContext; person: Person }): Promise<boolean> {
  const { probe } = request.context;
  const { ref: subjectRef } = request.person;
  const rows = await probe.listDecisions({ subjectRef });
  return rows.length > 0 || (await probe.listStates({ subjectRef })).length > 0;
}

async function ensureAppliedNow(request: { context: CaseContext; item: SubjectWriteV1; heads: readonly SignedHead[] }): Promise<void> {
  const { context, item, heads } = request;
  const [outcome] = await context.send({ items: [item], heads });
  const result = outcome?.status === "written" ? outcome.decisions[0]?.outcome : outcome?.status;
  ensure({ that: result === "applied" || result === "unchanged", otherwise: `the write after the failure was answered ${result}` });
}

async function ensureSafeToSendAgain(request: {
  context: CaseContext;
  someone: Person;
  item: SubjectWriteV1;
  heads: readonly SignedHead[];
}): Promise<void> {
  const { context, someone, item, heads } = request;
  const { traits, probe } = context;
  const wasApplied = await isApplied({ context, person: someone });
  if (traits.idempotency === "none") return;
  const [outcome] = await context.send({ items: [item], heads });
  const result = outcome?.status === "written" ? outcome.decisions[0]?.outcome : outcome?.status;
  ensureEqual({ actual: result, expected: wasApplied ? "unchanged" : "applied", what: "the same write again" });
  await context.eventually(async () => {
    ensureEqual({ actual: (await probe.listStates({ subjectRef: someone.ref })).length, expected: 1, what: "the number of states" });
    const rows = await probe.listDecisions({ subjectRef: someone.ref });
    if (traits.historyDepth === "everyDecision") ensureEqual({ actual: rows.length, expected: 1, what: "the number of rows" });
  });
}
