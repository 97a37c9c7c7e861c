import type { SubjectWriteV1 } from "@volenti/core/adapter";
import { ensureConnectorError, rejectionOf } from "../assertions/ensure-connector-error.ts";
import { ensureFindings } from "../assertions/ensure-findings.ts";
import { ensure, ensureEqual } from "../assertions/ensure.ts";
import type { ConformanceCase, SkipSubject } from "../conformance-case.ts";
import type { CaseContext } from "../run/case-context.ts";
import { readsOf, writesOf } from "./operations.ts";

function countsNoConnections({ harness }: SkipSubject): string | undefined {
  return harness.probe.countConnections === undefined ? "probe countConnections: not offered by the harness" : undefined;
}

const TIMER_ROUNDS = 6;

/** Timers that keep this process at work; undefined where there is no process to ask. */
function countTimers(): number | undefined {
  if (typeof process === "undefined" || typeof process.getActiveResourcesInfo !== "function") return undefined;
  return process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
}

const COUNTS_ALIKE = 5;
const MOST_COUNTS = 100;
const BETWEEN_COUNTS_IN_MS = 20;

/** The open connections. Where a call takes its time the other end learns late that one was closed: the count is awaited to stand still. */
async function countSettled({ probe, pace }: CaseContext): Promise<number | undefined> {
  let count = await probe.countConnections?.();
  for (let alike = 1, counts = 1; pace === "slow" && alike < COUNTS_ALIKE && counts < MOST_COUNTS; counts += 1) {
    await new Promise((resolve) => setTimeout(resolve, BETWEEN_COUNTS_IN_MS));
    const next = await probe.countConnections?.();
    alike = next === count ? alike + 1 : 1;
    count = next;
  }
  return count;
}

export const LIFECYCLE_CASES: readonly ConformanceCase[] = [
  {
    id: "lifecycle/making-does-no-io",
    title: "making and attaching a connector opens nothing; its first call does",
    skip: countsNoConnections,
    run: async (context) => {
      const { make, attachment } = context;
      const before = await countSettled(context);
      const connector = await make();
      connector.attach(attachment);
      await new Promise((resolve) => setTimeout(resolve, 0));
      ensureEqual({ actual: await countSettled(context), expected: before, what: "the open connections after making one" });
      await connector.checkConnection();
    },
  },
  {
    id: "lifecycle/is-made-while-the-system-is-down",
    title: "a connector is made and attached while the system is down, and works once it is up",
    fault: "unavailable",
    run: async ({ make, attachment, faults, stranger }) => {
      await faults.unavailable?.();
      const connector = await make();
      connector.attach(attachment);
      const { ref: subjectRef } = stranger();
      const call = (): Promise<unknown> => connector.consent.listStates({ subjectRef });
      ensureConnectorError({ error: await rejectionOf({ call, what: "a read" }), connector, codes: ["unavailable", "timedOut"], what: "a read" });
      await faults.clear();
      ensureEqual({ actual: await call(), expected: [], what: "the read once the system is up" });
    },
  },
  {
    id: "lifecycle/closes-what-it-opened",
    title: "closing ends every connection that the connector opened, also by asynchronous disposal",
    skip: countsNoConnections,
    run: async (context) => {
      const before = await countSettled(context);
      for (const close of ["close", Symbol.asyncDispose] as const) {
        const connector = await context.connect();
        await connector.checkConnection();
        await connector[close]();
        ensureEqual({ actual: await countSettled(context), expected: before, what: "the open connections after closing" });
      }
    },
  },
  {
    id: "lifecycle/closes-at-any-time",
    title: "closing is safe twice, at once, before the first use and before attachment",
    run: async ({ connect, make }) => {
      const used = await connect();
      await used.checkConnection();
      await Promise.all([used.close(), used.close()]);
      await used.close();
      await used[Symbol.asyncDispose]();
      const unused = await connect();
      await unused.close();
      await unused.close();
      const unattached = await make();
      await unattached.close();
    },
  },
  {
    id: "lifecycle/a-closed-connector-rejects",
    title: "a connector that was closed rejects every call; it neither answers nor opens anything again",
    run: async ({ connect, stranger, toItem }) => {
      const connector = await connect();
      await connector.checkConnection();
      await connector.close();
      const person = stranger();
      for (const { name, call } of [...writesOf({ connector, item: toItem({ person }) }), ...readsOf({ connector, person })]) {
        ensureConnectorError({ error: await rejectionOf({ call, what: `${name} after closing` }), connector, what: `${name} after closing` });
      }
    },
  },
  {
    id: "lifecycle/closes-its-timers",
    title: "closing ends every timer that the connector started",
    skip: () => (countTimers() === undefined ? "platform process: tells of no timers" : undefined),
    run: async ({ connect, stranger, eventually }) => {
      const before = countTimers() ?? 0;
      for (let round = 0; round < TIMER_ROUNDS; round += 1) {
        const connector = await connect();
        for (const { call } of readsOf({ connector, person: stranger() })) await call();
        await connector.close();
      }
      await eventually(async () => {
        // Others in this process have timers too, that come and go: only what grows with every connector is its own.
        const grown = (countTimers() ?? 0) - before;
        ensure({ that: grown < TIMER_ROUNDS, otherwise: `${grown} timers are left of ${TIMER_ROUNDS} connectors that were closed` });
      });
    },
  },
  {
    id: "lifecycle/others-stay-open",
    title: "closing one connector leaves another one of the same system at work",
    run: async ({ connector, connect, record, person, at }) => {
      const someone = await person();
      const other = await connect();
      await other.checkConnection();
      await other.close();
      const { outcome } = await record({ person: someone, decisions: [{ status: "given", at: at(0) }] });
      ensureEqual({ actual: outcome.decisions[0]?.outcome, expected: "applied", what: "a write after another connector was closed" });
      await connector.checkConnection();
    },
  },
  {
    id: "lifecycle/keeps-nothing-itself",
    title: "what one connector wrote another one reads, and what stood before is not remembered from earlier reads",
    run: async ({ connector, connect, record, person, at, eventually }) => {
      const someone = await person();
      const { ref: subjectRef } = someone;
      const other = await connect();
      const change = { changedAt: at(0), submissionId: globalThis.crypto.randomUUID() };
      const read = (): Promise<unknown> => connector.consent.listStates({ subjectRef });
      ensureEqual({ actual: await read(), expected: [], what: "what stands before" });
      await connector.profiles.get({ subjectRef });
      const first = await record({ person: someone, connector: other, decisions: [{ status: "given", at: at(0) }], profile: { familyName: { value: "Moreau", ...change } } });
      await eventually(async () => {
        const states = await connector.consent.listStates({ subjectRef });
        ensureEqual({ actual: states.map(({ decisionId }) => decisionId), expected: idsOf(first.item), what: "what the other wrote" });
        const profile = await connector.profiles.get({ subjectRef });
        ensureEqual({ actual: profile?.attributes["familyName"]?.value, expected: "Moreau", what: "the profile that the other wrote" });
      });
      const second = await record({ person: someone, connector: other, decisions: [{ status: "withdrawn", at: at(1) }] });
      await eventually(async () => {
        const states = await connector.consent.listStates({ subjectRef });
        ensureEqual({ actual: states.map(({ decisionId }) => decisionId), expected: idsOf(second.item), what: "what the other wrote then" });
      });
    },
  },
  {
    id: "lifecycle/check-reports-findings",
    title: "a check of a reachable system answers findings with a severity, a code and a sentence, and no errors",
    run: async ({ connector }) => ensureFindings(await connector.checkConnection()),
  },
];

function idsOf(item: SubjectWriteV1): string[] {
  return item.decisions.map(({ record: { id } }) => id);
}
