import type { Keyring } from "@volenti/core";
import { deliverAll } from "../input/deliver-all.ts";
import { connectJsforce, upsertCollections, upsertOneByOne } from "./jsforce-upserts.ts";
import { makeCustomers } from "./make-customer.ts";
import { openBrand } from "./open-brand.ts";
import { openCountingOrg, type CountingOrg } from "./open-counting-org.ts";
import { recordRows, type ObjectRows } from "./record-rows.ts";

/** API calls for the same customers and the same rows, each way into an org of its own. */
export interface CallCounts {
  readonly collected: number;
  readonly collections: number;
  readonly oneByOne: number;
}

/** Throws where the ways do not leave as many rows of every object. `tell`: how far it has come. */
export async function countCalls(request: {
  keys: Keyring;
  customers: number;
  decisionLog: boolean;
  tell: (line: string) => void;
}): Promise<CallCounts> {
  const { keys, customers, decisionLog, tell } = request;
  const submissions = makeCustomers(customers);
  const collect = async (org: Pick<CountingOrg, "volenti">): Promise<void> => deliverAll({ volenti: org.volenti, submissions, options: {} });
  const objects = await recordRows(async (login) => {
    const { volenti } = openBrand({ login, keys, decisionLog });
    await deliverAll({ volenti, submissions, options: {} });
    await volenti.close();
  });
  const count = async (work: (org: CountingOrg) => Promise<void>): Promise<number> => {
    const calls = await countInOrg({ keys, decisionLog, objects, work });
    tell(`${calls} calls for ${customers} customers, ${decisionLog ? "with" : "without"} the log`);
    return calls;
  };
  return {
    collected: await count(collect),
    collections: await count(async ({ login }) => upsertCollections({ connection: await connectJsforce(login), objects })),
    oneByOne: await count(async ({ login }) => upsertOneByOne({ connection: await connectJsforce(login), objects })),
  };
}

async function countInOrg(request: {
  keys: Keyring;
  decisionLog: boolean;
  objects: readonly ObjectRows[];
  work: (org: CountingOrg) => Promise<void>;
}): Promise<number> {
  const { objects, work } = request;
  const org = await openCountingOrg(request);
  try {
    await work(org);
    for (const { objectName, rows } of objects) {
      if (org.emulator.org.rows(objectName).length !== rows.length) throw new Error(`the org does not hold every row of ${objectName}`);
    }
    return org.emulator.calls.total();
  } finally {
    await org.close();
  }
}
