import type { Keyring } from "@volenti/core";
import { deliverAll } from "../input/deliver-all.ts";
import { makeCustomer, makeCustomers } from "./make-customer.ts";
import { openCountingOrg } from "./open-counting-org.ts";

const CUSTOMERS = 20;

/** API calls of single submissions, one at a time: the fewest and the most that one of them took. */
export interface LoneCalls {
  readonly fewest: number;
  readonly most: number;
}

/**
 * Lets customers come back whom the org has linked: with another yes to everything, and with a no. Then with a yes after
 * that no, for which Salesforce's own opt-out flag has to be cleared.
 */
export async function countLoneCalls(request: { keys: Keyring }): Promise<{ linked: LoneCalls; afterRefusal: LoneCalls }> {
  const org = await openCountingOrg({ ...request, decisionLog: true });
  let submitted = 0;
  const comeBack = async (status: string): Promise<number[]> => {
    const calls: number[] = [];
    for (let index = 0; index < CUSTOMERS; index += 1) {
      org.emulator.calls.reset();
      submitted += 1;
      const { outcome } = await org.volenti.collect(anotherSubmission({ index, status, submitted }));
      if (outcome !== "delivered") throw new Error(`not delivered: ${outcome}`);
      calls.push(org.emulator.calls.total());
    }
    return calls;
  };
  try {
    await deliverAll({ volenti: org.volenti, submissions: makeCustomers(CUSTOMERS), options: {} });
    const linked = range([...(await comeBack("given")), ...(await comeBack("withdrawn"))]);
    return { linked, afterRefusal: range(await comeBack("given")) };
  } finally {
    await org.close();
  }
}

function anotherSubmission(request: { index: number; status: string; submitted: number }): Record<string, unknown> {
  const { index, status, submitted } = request;
  const first = makeCustomer(index);
  const decisions = first["decisions"] as readonly Record<string, unknown>[];
  return {
    ...first,
    submissionId: `6a1e5e0e-5f0f-4a53-8d0b-${submitted.toString(16).padStart(12, "0")}`,
    occurredAt: new Date(Date.UTC(2025, 3, 1) + submitted * 1000).toISOString(),
    decisions: decisions.map((decision) => ({ ...decision, status })),
  };
}

function range(calls: readonly number[]): LoneCalls {
  return { fewest: Math.min(...calls), most: Math.max(...calls) };
}
