import type { Keyring } from "@volenti/core";
import type { ConnectorV1, WriteBatchV1 } from "@volenti/core/adapter";
import { captureBatches } from "./capture-batches.ts";
import { connectJsforce, upsertCollections } from "./jsforce-upserts.ts";
import { makeCustomers } from "./make-customer.ts";
import { measureWrite, type WriteCost } from "./measure-write.ts";
import { openBrand } from "./open-brand.ts";
import type { OrgLogin } from "./org-login.ts";
import { countRows, recordRows } from "./record-rows.ts";

const BATCH_SIZE = 1000;
const WARM_UP_ROUNDS = 4;

/** The same rows, written by the adapter from what the pipeline hands it, and by jsforce as they are. */
export interface SpeedRound {
  readonly adapter: WriteCost;
  readonly jsforce: WriteCost;
}

export interface SpeedComparison {
  readonly rounds: readonly SpeedRound[];
  readonly rows: number;
  /** Of their JSON text. */
  readonly bytesARow: number;
}

/** Both in turns, each first in every other round, so that what disturbs the machine hits both. `login`: an org that accepts every row. */
export async function compareSpeed(request: {
  login: OrgLogin;
  keys: Keyring;
  batches: number;
  rounds: number;
  tell: (line: string) => void;
}): Promise<SpeedComparison> {
  const { login, keys, tell } = request;
  const batches = await captureBatches({ submissions: makeCustomers(request.batches * BATCH_SIZE), batchSize: BATCH_SIZE, keys });
  const objects = await recordRows(async (recorder) => {
    const { volenti, connector } = openBrand({ login: recorder, keys, decisionLog: true });
    await writeBatches({ connector, batches });
    await volenti.close();
  });
  const { volenti, connector } = openBrand({ login, keys, decisionLog: true });
  const connection = await connectJsforce(login);
  const measured: SpeedRound[] = [];
  for (let round = 0; round < WARM_UP_ROUNDS + request.rounds; round += 1) {
    const adapter = (): Promise<WriteCost> => measureWrite(() => writeBatches({ connector, batches }));
    const jsforce = (): Promise<WriteCost> => measureWrite(() => upsertCollections({ connection, objects }));
    const result = round % 2 === 0 ? await inOrder({ adapter, jsforce }) : await inOrder({ jsforce, adapter });
    if (round >= WARM_UP_ROUNDS) measured.push(result);
    tell(`round ${round + 1} of ${WARM_UP_ROUNDS + request.rounds}: ${Math.round(countRows(objects) / result.adapter.seconds)} rows a second`);
  }
  await volenti.close();
  const bytes = objects.reduce((sum, { rows }) => sum + Buffer.byteLength(JSON.stringify(rows)), 0);
  return { rounds: measured, rows: countRows(objects), bytesARow: bytes / countRows(objects) };
}

/** Measures in the order of the members. */
async function inOrder(steps: Readonly<Record<keyof SpeedRound, () => Promise<WriteCost>>>): Promise<SpeedRound> {
  const costs: Partial<Record<keyof SpeedRound, WriteCost>> = {};
  for (const name of Object.keys(steps) as (keyof SpeedRound)[]) costs[name] = await steps[name]();
  const { adapter, jsforce } = costs;
  if (adapter === undefined || jsforce === undefined) throw new Error("a side was not measured");
  return { adapter, jsforce };
}

/** Throws unless every person was written: what failed early would look fast. */
async function writeBatches(request: { connector: ConnectorV1; batches: readonly WriteBatchV1[] }): Promise<void> {
  for (const batch of request.batches) {
    const outcomes = await request.connector.intake.write(batch);
    if (!outcomes.every(({ status }) => status === "written")) throw new Error("the adapter did not write everybody");
  }
}
