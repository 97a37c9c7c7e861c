import { createVolenti, type Volenti } from "@volenti/core";
import { createGovernance } from "@volenti/governance";
import { createMemoryConnector } from "@volenti/memory";
import { fileKeyring, nodeCrypto } from "@volenti/node";
import type { Benchmark, BenchmarkReport, BenchmarkSettings } from "../benchmark.ts";
import { makeSubmission } from "../input/make-submission.ts";
import { shopConfiguration } from "../input/shop-configuration.ts";
import { withTemporaryFolder } from "../input/with-temporary-folder.ts";
import { measureCpu } from "../measure/measure-cpu.ts";
import { median } from "../measure/median.ts";

const LEAST_EVENTS_A_SECOND = 50_000;
const WARM_UP_ROUNDS = 2;
/** For some 40,000 events behind a forced collection the engine is slower (seen 2026-11-25: by a sixth); no verification forces one. */
const PASSES_A_ROUND = 4;

/** Verification of everything that a ledger keeps: records, hashes, proofs, chains, states, the log; then its signatures. */
export const verifyBenchmark: Benchmark = {
  name: "verify",
  run: (settings) => withTemporaryFolder((folder) => run({ folder, settings })),
};

interface Filled {
  readonly volenti: Volenti;
  readonly destinationId: string;
  /** Decisions in the ledger, and signed heads over them. */
  readonly events: number;
  readonly heads: readonly string[];
}

async function run(request: { folder: string; settings: BenchmarkSettings }): Promise<BenchmarkReport> {
  const { folder, settings } = request;
  const { submissions, rounds } = settings.isQuick ? { submissions: 2000, rounds: 3 } : { submissions: 15_000, rounds: 9 };
  const unsigned = await fill({ folder, submissions, batchSize: 200, isSigned: false });
  const signed = await fill({ folder, submissions: Math.ceil(submissions / 10), batchSize: 1, isSigned: true });
  const [plain, withSignatures, raw]: [number[], number[], number[]] = [[], [], []];
  for (let round = 0; round < WARM_UP_ROUNDS + rounds; round += 1) {
    const measured = [await verifyAll(unsigned), await verifyAll(signed), await verifyHeads({ signed, folder })] as const;
    if (round < WARM_UP_ROUNDS) continue;
    plain.push(1e6 / measured[0]);
    withSignatures.push(measured[1] * (signed.events / signed.heads.length));
    raw.push(measured[2]);
    settings.tell(`round ${round + 1 - WARM_UP_ROUNDS} of ${rounds}: ${Math.round(1e6 / measured[0])} events/s`);
  }
  await Promise.all([unsigned.volenti.close(), signed.volenti.close()]);
  return report({ plain: median(plain), withSignatures: median(withSignatures), raw: median(raw) });
}

async function fill(request: { folder: string; submissions: number; batchSize: number; isSigned: boolean }): Promise<Filled> {
  const { folder, submissions, batchSize, isSigned } = request;
  const destination = createMemoryConnector({ region: "FR" });
  const crypto = isSigned ? nodeCrypto : { ...nodeCrypto, verifyEd25519: () => true };
  const volenti = createVolenti({ ...shopConfiguration({ destination, keys: fileKeyring(folder) }), crypto });
  const inputs = Array.from({ length: submissions }, (_, index) => makeSubmission(index));
  for await (const { outcome } of volenti.collectMany(inputs, { batchSize })) {
    if (outcome !== "delivered") throw new Error("a submission of the benchmark was not delivered");
  }
  const [destinationId = ""] = volenti.destinations.keys();
  const { size } = await createGovernance(volenti).checkpoint({ destinationId });
  const heads: string[] = [];
  for await (const { jws } of destination.consentHistory?.listHeads?.() ?? []) heads.push(jws);
  return { volenti, destinationId, events: size, heads };
}

/** CPU in microseconds an event. */
async function verifyAll({ volenti, destinationId, events }: Filled): Promise<number> {
  const governance = createGovernance(volenti);
  const cpu = await measureCpu(async () => {
    for (let pass = 0; pass < PASSES_A_ROUND; pass += 1) {
      const { valid, counts } = await governance.verify({ destinationId });
      if (!valid || counts.decisions !== events) throw new Error("what was written does not verify");
    }
  });
  return cpu / (events * PASSES_A_ROUND);
}

/** CPU in microseconds a signature, of `node:crypto` alone. */
async function verifyHeads(request: { signed: Filled; folder: string }): Promise<number> {
  const { signed, folder } = request;
  const publicKey = fileKeyring(folder).describe().find((key) => key.publicKey !== undefined)?.publicKey;
  if (publicKey === undefined) throw new Error("the keyring has no signing key");
  const cpu = await measureCpu(() => {
    for (const jws of signed.heads) {
      const end = jws.lastIndexOf(".");
      const signature = new Uint8Array(Buffer.from(jws.slice(end + 1), "base64url"));
      if (!nodeCrypto.verifyEd25519({ publicKey, data: Buffer.from(jws.slice(0, end)), signature })) throw new Error("a head does not verify");
    }
  });
  return cpu / signed.heads.length;
}

function report(medians: { plain: number; withSignatures: number; raw: number }): BenchmarkReport {
  const { plain, withSignatures, raw } = medians;
  return {
    figures: [
      {
        name: "verify.events",
        what: "chained decisions verified on one core, signatures apart",
        value: plain,
        unit: "events/s",
        beside: null,
        ratio: plain / LEAST_EVENTS_A_SECOND,
        target: "at least 50,000 events/s",
        met: plain >= LEAST_EVENTS_A_SECOND,
      },
      {
        name: "verify.signatures",
        what: "submissions that were sealed one by one, a signature each, verified",
        value: withSignatures,
        unit: "µs/signature",
        beside: { what: "Ed25519 of node:crypto alone", value: raw, unit: "µs/signature" },
        ratio: withSignatures / raw,
        target: null,
        met: null,
      },
    ],
    breakdown: [{ what: "one event", value: 1e6 / plain, unit: "µs" }],
  };
}
