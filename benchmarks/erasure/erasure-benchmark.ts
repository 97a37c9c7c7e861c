import { join } from "node:path";
import { createVolenti, type Volenti } from "@volenti/core";
import type { Identifier } from "@volenti/core/adapter";
import { createGovernance } from "@volenti/governance";
import { createMemoryConnector } from "@volenti/memory";
import { fileErasureLog, fileKeyring } from "@volenti/node";
import { createRegionalStore } from "@volenti/regional-store";
import { startPostgresql } from "../../tools/test-support/start-postgresql.ts";
import type { Benchmark, BenchmarkReport, BenchmarkSettings } from "../benchmark.ts";
import { identifierOf } from "../input/identifier-of.ts";
import { makeSubmission } from "../input/make-submission.ts";
import { shopConfiguration } from "../input/shop-configuration.ts";
import { withTemporaryFolder } from "../input/with-temporary-folder.ts";
import { median } from "../measure/median.ts";
import { timeOf } from "../measure/time-of.ts";
import { toCountedConnector, type CountedConnector } from "./counted-connector.ts";

const ROUND_TRIP_IN_MS = 20;

/** Erasing people out of a regional store on PostgreSQL and two copies, each as far away as another country. */
export const erasureBenchmark: Benchmark = {
  name: "erasure",
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
  const counted = [store, ...copies].map(toCountedConnector);
  const [shop, crm, stores] = counted.map(({ connector }) => connector);
  if (shop === undefined || crm === undefined || stores === undefined) throw new Error("three destinations were opened");
  const volenti = createVolenti({
    ...shopConfiguration({ destination: shop, keys: fileKeyring(join(folder, "keys")) }),
    destinations: { shop, crm, stores },
    routes: [{ to: ["shop", "crm", "stores"] }],
    erasureLog: fileErasureLog(join(folder, "erasures.ndjson")),
  });
  try {
    await store.provisioning?.apply();
    return await measure({ volenti, counted, people: settings.isQuick ? 20 : 200 });
  } finally {
    await volenti.close();
  }
}

async function measure(request: { volenti: Volenti; counted: readonly CountedConnector[]; people: number }): Promise<BenchmarkReport> {
  const { volenti, counted, people } = request;
  const counters = counted.map(({ counter }) => counter);
  const governance = createGovernance(volenti, { actor: "benchmark" });
  const [erased, bare, ratios]: [number[], number[], number[]] = [[], [], []];
  let calls = 0;
  for (let index = 0; index < people; index += 1) {
    const [one, other] = [makeSubmission(2 * index), makeSubmission(2 * index + 1)];
    for (const counter of counters) Object.assign(counter, { roundTripInMs: 0 });
    await volenti.collect(one);
    await volenti.collect(other);
    for (const counter of counters) Object.assign(counter, { roundTripInMs: ROUND_TRIP_IN_MS });
    const baseline = await timeOf(() => eraseBarely({ volenti, identifier: identifierOf({ volenti, submission: one }) }));
    for (const counter of counters) Object.assign(counter, { calls: 0 });
    const time = await timeOf(async () => {
      const identifier = identifierOf({ volenti, submission: other });
      const { outcome, destinations } = await governance.erase({ identifier, requestedAt: volenti.clock.now() });
      const isErased = outcome === "complete" && destinations.every(({ status }) => status === "erased");
      if (!isErased) throw new Error("somebody was not erased whole");
    });
    calls = Math.max(calls, counters.reduce((sum, counter) => sum + counter.calls, 0));
    erased.push(time);
    bare.push(baseline);
    ratios.push(time / baseline);
  }
  return report({ calls, erased: median(erased), bare: median(bare), ratio: median(ratios) });
}

const BARE_CALLS = 6;

function report(request: { calls: number; erased: number; bare: number; ratio: number }): BenchmarkReport {
  const { calls, erased, bare, ratio } = request;
  return {
    figures: [
      {
        name: "erasure.calls", what: "calls of three destinations for one person, the most of all people", value: calls, unit: "calls",
        beside: { what: "bare: a search and an erasure each", value: BARE_CALLS, unit: "calls" }, ratio: calls / BARE_CALLS, target: null, met: null,
      },
      {
        name: "erasure.time", what: `one person out of three destinations, ${ROUND_TRIP_IN_MS} ms away each, written down first`, value: erased, unit: "ms",
        beside: { what: "bare: all searches at once, both copies at once, then the ledger", value: bare, unit: "ms" },
        ratio, target: null, met: null,
      },
    ],
    breakdown: [],
  };
}

/** What cannot be done without: everywhere is searched, the copies go, and the ledger last. */
async function eraseBarely(request: { volenti: Volenti; identifier: Identifier }): Promise<void> {
  const { volenti, identifier } = request;
  const places = await Promise.all([...volenti.destinations.values()].map(async (connector) => ({ connector, subjectRef: await connector.profiles.find({ identifier }) })));
  const isCopy = ({ connector }: (typeof places)[number]): boolean => connector.ledger === undefined;
  for (const turn of [places.filter(isCopy), places.filter((place) => !isCopy(place))]) {
    await Promise.all(
      turn.map(async ({ connector, subjectRef }) => {
        if (subjectRef === null) throw new Error("a destination does not hold somebody who was collected");
        await connector.erasure?.erase({ subjectRef, reason: "subjectRequest", requestedAt: volenti.clock.now() });
      }),
    );
  }
}
