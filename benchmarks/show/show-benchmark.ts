import { randomUUID } from "node:crypto";
import { createVolenti, type Volenti } from "@volenti/core";
import type { AccessV1, Identifier } from "@volenti/core/adapter";
import { createGovernance } from "@volenti/governance";
import { createMemoryConnector } from "@volenti/memory";
import { fileKeyring } from "@volenti/node";
import { createRegionalStore } from "@volenti/regional-store";
import { startPostgresql } from "../../tools/test-support/start-postgresql.ts";
import type { Benchmark, BenchmarkReport, BenchmarkSettings } from "../benchmark.ts";
import { identifierOf } from "../input/identifier-of.ts";
import { makeSubmission } from "../input/make-submission.ts";
import { shopConfiguration } from "../input/shop-configuration.ts";
import { withTemporaryFolder } from "../input/with-temporary-folder.ts";
import { median } from "../measure/median.ts";
import { timeOf } from "../measure/time-of.ts";
import { atADistance, type DistantCalls } from "./at-a-distance.ts";

const ROUND_TRIP_IN_MS = 20;
const MOST_TIMES = 1.25;

/** One person out of a regional store on PostgreSQL and two copies, each as far away as another country. */
export const showBenchmark: Benchmark = {
  name: "show",
  run: (settings) =>
    withTemporaryFolder(async (folder) => {
      const server = await startPostgresql();
      if (server === null) throw new Error("no PostgreSQL is installed here");
      try {
        return await run({ folder, url: await server.createDatabase(), settings });
      } finally {
        await server.stop();
      }
    }),
};

async function run(request: { folder: string; url: string; settings: BenchmarkSettings }): Promise<BenchmarkReport> {
  const { folder, url, settings } = request;
  const store = createRegionalStore({ url, region: "EU" });
  const copies = [1, 2].map(() => createMemoryConnector({ region: "EU", ledger: false }));
  const distant = [store, ...copies].map((connector) => atADistance({ connector, roundTripInMs: ROUND_TRIP_IN_MS }));
  const [ledger, crm, stores] = distant;
  if (ledger === undefined || crm === undefined || stores === undefined) throw new Error("three destinations were opened");
  const configuration = shopConfiguration({ destination: ledger.connector, keys: fileKeyring(folder) });
  const destinations = { shop: ledger.connector, crm: crm.connector, stores: stores.connector };
  const volenti = createVolenti({ ...configuration, destinations, routes: [{ to: ["shop", "crm", "stores"] }] });
  try {
    await store.provisioning?.apply();
    return await measure({ volenti, calls: distant.map((each) => each.calls), people: settings.isQuick ? 20 : 200 });
  } finally {
    await volenti.close();
  }
}

async function measure(request: { volenti: Volenti; calls: readonly DistantCalls[]; people: number }): Promise<BenchmarkReport> {
  const { volenti, calls, people } = request;
  const governance = createGovernance(volenti, { actor: "benchmark" });
  const [shown, bare, ratios]: [number[], number[], number[]] = [[], [], []];
  let most = 0;
  for (let index = 0; index < people; index += 1) {
    const submission = makeSubmission(index);
    await volenti.collect(submission);
    const identifier = identifierOf({ volenti, submission });
    const baseline = await timeOf(() => readBarely({ volenti, identifier }));
    for (const each of calls) Object.assign(each, { reads: 0, records: 0 });
    const time = await timeOf(async () => {
      const { complete, accessLog, destinations } = await governance.show({ identifier });
      if (!complete || accessLog !== "recorded" || destinations.some(({ status }) => status !== "found")) throw new Error("somebody was not shown whole");
    });
    most = Math.max(most, ...calls.map(({ reads }) => reads));
    shown.push(time);
    bare.push(baseline);
    ratios.push(time / baseline);
  }
  return report({ most, shown: median(shown), bare: median(bare), ratio: median(ratios) });
}

function report(request: { most: number; shown: number; bare: number; ratio: number }): BenchmarkReport {
  const { most, shown, bare, ratio } = request;
  return {
    figures: [
      {
        name: "show.reads", what: "reads a destination for one person, the most of all people and destinations", value: most, unit: "round trips",
        beside: null, ratio: most, target: "exactly 1", met: most === 1,
      },
      {
        name: "show.time", what: `one person out of three destinations, ${ROUND_TRIP_IN_MS} ms away each, on record`, value: shown, unit: "ms",
        beside: { what: "one bare read a destination at once, then one bare row of the access log", value: bare, unit: "ms" },
        ratio, target: `at most ${MOST_TIMES} times`, met: ratio <= MOST_TIMES,
      },
    ],
    breakdown: [],
  };
}

/** What cannot be done without: a read of each destination at once, and then a row of the access log. */
async function readBarely(request: { volenti: Volenti; identifier: Identifier }): Promise<void> {
  const { volenti, identifier } = request;
  const overviews = await Promise.all([...volenti.destinations.values()].map(async ({ overview }) => overview?.read({ name: { identifier } })));
  const subjectRef = overviews[0]?.records[0]?.subjectRef;
  if (subjectRef === undefined) throw new Error("the ledger does not hold somebody who was collected");
  const access: AccessV1 = { accessId: randomUUID(), at: Date.now(), subjectRef, operation: "show", actor: "benchmark", reason: "bare", attributes: [], recipient: null };
  await volenti.destinations.get("shop")?.custody?.recordAccesses({ accesses: [access] });
}
