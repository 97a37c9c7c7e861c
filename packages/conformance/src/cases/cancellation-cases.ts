import { rejectionOf } from "../assertions/ensure-connector-error.ts";
import { ensure, ensureEqual } from "../assertions/ensure.ts";
import type { ConformanceCase } from "../conformance-case.ts";
import { freshIdentifier, ledgerOf, toQuery } from "./consult.ts";

/** A reason that no library makes: whoever wraps or replaces it is seen. */
class CancelledByTheKit extends Error {}

export const CANCELLATION_CASES: readonly ConformanceCase[] = [
  {
    id: "cancellation/aborted-before-the-write",
    title: "a write whose signal is aborted already rejects with the signal's own reason and applies nothing",
    run: async ({ connector, person, seal, toItem, at, probe }) => {
      const someone = await person();
      const { decisions, head } = await seal([{ person: someone, status: "given", at: at(0) }]);
      const item = toItem({ person: someone, decisions });
      for (const reason of [new CancelledByTheKit("enough"), "a reason that is text", undefined]) {
        const controller = new AbortController();
        controller.abort(reason);
        const { signal } = controller;
        const error = await rejectionOf({ call: () => connector.intake.write({ items: [item], heads: [head], signal }), what: "the aborted write" });
        ensure({ that: error === signal.reason, otherwise: "the aborted write rejected with something else than the signal's reason" });
      }
      ensureEqual({ actual: await probe.listStates({ subjectRef: someone.ref }), expected: [], what: "what was applied" });
      ensureEqual({ actual: await probe.listDecisions({ subjectRef: someone.ref }), expected: [], what: "what was recorded" });
    },
  },
  {
    id: "cancellation/aborted-while-the-write-waits",
    title: "a write that waits for the system rejects with the signal's own reason as soon as it is aborted",
    fault: "stalled",
    run: async ({ connector, person, seal, toItem, at, faults, send }) => {
      const someone = await person();
      const { decisions, head } = await seal([{ person: someone, status: "given", at: at(0) }]);
      const item = toItem({ person: someone, decisions });
      await faults.stalled?.();
      const controller = new AbortController();
      const reason = new CancelledByTheKit("enough");
      const call = (): Promise<unknown> => connector.intake.write({ items: [item], heads: [head], signal: controller.signal });
      const error = await rejectionAfterAbort({ call, controller, reason, what: "the write" });
      ensure({ that: error === reason, otherwise: "the aborted write rejected with something else than the signal's reason" });
      await faults.clear();
      const [outcome] = await send({ items: [item], heads: [head] });
      ensureEqual({ actual: outcome?.status, expected: "written", what: "the same write later" });
    },
  },
  {
    id: "cancellation/aborted-before-the-consultation",
    title: "a consultation whose signal is aborted already rejects with the signal's own reason and reserves nobody",
    facet: "ledger",
    run: async ({ connector }) => {
      const identifiers = [freshIdentifier("email")];
      const controller = new AbortController();
      controller.abort(new CancelledByTheKit("enough"));
      const { signal } = controller;
      const error = await rejectionOf({ call: () => ledgerOf(connector).consult({ queries: [toQuery({ identifiers })], signal }), what: "the consultation" });
      ensure({ that: error === signal.reason, otherwise: "the aborted consultation rejected with something else than the signal's reason" });
      const [after] = await ledgerOf(connector).consult({ queries: [toQuery({ identifiers })] });
      ensureEqual({ actual: after?.known, expected: false, what: "whether the person was reserved" });
    },
  },
  {
    id: "cancellation/aborted-while-the-consultation-waits",
    title: "a consultation that waits for the system rejects with the signal's own reason as soon as it is aborted",
    facet: "ledger",
    fault: "stalled",
    run: async ({ connector, faults }) => {
      await faults.stalled?.();
      const controller = new AbortController();
      const reason = new CancelledByTheKit("enough");
      const queries = [toQuery({ identifiers: [freshIdentifier("email")] })];
      const call = (): Promise<unknown> => ledgerOf(connector).consult({ queries, signal: controller.signal });
      const error = await rejectionAfterAbort({ call, controller, reason, what: "the consultation" });
      ensure({ that: error === reason, otherwise: "the aborted consultation rejected with something else than the signal's reason" });
    },
  },
  {
    id: "cancellation/an-idle-signal-changes-nothing",
    title: "a signal that is not aborted, or only after the answer, changes nothing",
    run: async ({ person, seal, send, toItem, at }) => {
      const someone = await person();
      const { decisions, head } = await seal([{ person: someone, status: "given", at: at(0) }]);
      const item = toItem({ person: someone, decisions });
      const controller = new AbortController();
      const [first] = await send({ items: [item], heads: [head], signal: controller.signal });
      controller.abort(new CancelledByTheKit("too late"));
      const [second] = await send({ items: [item], heads: [head], signal: new AbortController().signal });
      ensureEqual({ actual: [first?.status, second?.status], expected: ["written", "written"], what: "the outcomes" });
    },
  },
];

/** Starts a call that cannot end by itself, aborts it once it is under way, and answers what it rejected with. */
async function rejectionAfterAbort(request: {
  call: () => Promise<unknown>;
  controller: AbortController;
  reason: unknown;
  what: string;
}): Promise<unknown> {
  const { call, controller, reason, what } = request;
  const rejection = rejectionOf({ call, what });
  const early = await Promise.race([rejection.then(() => true, () => true), turnsOfTheLoop(20).then(() => false)]);
  ensure({ that: !early, otherwise: `${what} ended although the system did not answer` });
  controller.abort(reason);
  return rejection;
}

/** Lets timers and sockets have their turns, without a clock. */
async function turnsOfTheLoop(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setTimeout(resolve, 0));
}
