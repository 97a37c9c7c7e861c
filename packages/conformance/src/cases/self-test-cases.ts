import type { ConnectionReportV1, ConnectorV1 } from "@volenti/core/adapter";
import { ensureConnectorError, rejectionOf } from "../assertions/ensure-connector-error.ts";
import { ensure, ensureEqual } from "../assertions/ensure.ts";
import type { ConformanceCase, SkipSubject } from "../conformance-case.ts";
import { ensureFindings } from "../assertions/ensure-findings.ts";

function hasNoSelfTest({ connector }: SkipSubject): string | undefined {
  return connector.selfTest === undefined ? "facet selfTest: absent" : undefined;
}

function estimatesNothing({ connector }: SkipSubject): string | undefined {
  return connector.estimateCalls === undefined ? "facet estimateCalls: absent" : undefined;
}

const LOADS = [
  { people: 0, decisions: 0 },
  { people: 1, decisions: 0 },
  { people: 1, decisions: 3 },
  { people: 1000, decisions: 3000 },
  { people: 100_000, decisions: 300_000 },
] as const;

export const SELF_TEST_CASES: readonly ConformanceCase[] = [
  {
    id: "self-test/leaves-nothing",
    title: "a test by writing finds no error in a system in order, touches nobody, and leaves no record, also the second time",
    skip: hasNoSelfTest,
    run: async ({ connector, connect, record, person, at, probe }) => {
      const someone = await person();
      const change = { changedAt: at(0), submissionId: globalThis.crypto.randomUUID() };
      await record({ person: someone, decisions: [{ status: "given", at: at(0) }], profile: { familyName: { value: "Moreau", ...change } } });
      // What other cases left of tests is not this one's.
      await connector.erasure?.eraseTest();
      const picture = async (): Promise<unknown> => ({
        rows: await listIds(connector),
        states: await probe.listStates({ subjectRef: someone.ref }),
        attributes: await probe.readAttributes({ subjectRef: someone.ref }),
      });
      const before = await picture();
      for (let time = 0; time < 2; time += 1) ensureFindings(await testByWriting(connector));
      ensureEqual({ actual: await picture(), expected: before, what: "the records after a test by writing" });
      const erased = (await connector.erasure?.eraseTest())?.filter(({ outcome }) => outcome === "erased") ?? [];
      ensureEqual({ actual: erased.map(({ kind }) => kind), expected: [], what: "the kinds of records that the test left" });
      const closed = await connect();
      await closed.close();
      const what = "a test by writing after closing";
      ensureConnectorError({ error: await rejectionOf({ call: () => testByWriting(closed), what }), connector, what });
    },
  },
  {
    id: "self-test/estimates-are-whole-and-cost-nothing",
    title: "an estimate is a whole number of calls that grows with the load, made without a call and before attachment",
    skip: estimatesNothing,
    run: async ({ connector, make, probe }) => {
      const unattached = await make();
      const before = await probe.countCalls?.();
      let last = 0;
      for (const load of LOADS) {
        const estimate = unattached.estimateCalls?.(load);
        const { calls = -1, dailyLimit = null } = estimate ?? {};
        ensure({ that: Number.isSafeInteger(calls) && calls >= last, otherwise: `${load.people} people were estimated at ${calls} calls, fewer ones at ${last}` });
        ensure({ that: calls > 0 || load.people === 0, otherwise: `${load.people} people were estimated at no call` });
        ensure({ that: dailyLimit === null || (Number.isSafeInteger(dailyLimit) && dailyLimit > 0), otherwise: `the daily limit is ${dailyLimit}` });
        ensureEqual({ actual: connector.estimateCalls?.(load), expected: estimate, what: "the estimate of another connector" });
        last = calls;
      }
      ensureEqual({ actual: unattached.estimateCalls?.(LOADS[0])?.calls, expected: 0, what: "the calls for nobody" });
      ensureEqual({ actual: await probe.countCalls?.(), expected: before, what: "the calls that estimates made" });
    },
  },
];

async function testByWriting(connector: ConnectorV1): Promise<ConnectionReportV1> {
  return (await connector.selfTest?.()) ?? { findings: [] };
}

async function listIds(connector: ConnectorV1): Promise<string[]> {
  const ids: string[] = [];
  for await (const { decisionId } of connector.consentHistory?.listDecisions({}) ?? noRows()) ids.push(decisionId);
  return ids.toSorted();
}

async function* noRows(): AsyncGenerator<never> {}
