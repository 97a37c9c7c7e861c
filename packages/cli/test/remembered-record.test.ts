import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { openCanaryWorld, type CanaryWorld } from "./support/canary-world.ts";
import { runCommand } from "./support/run-command.ts";
import { emailOf, ndjson, submission } from "./support/submissions.ts";

// A store of its own, on a machine that other suites use at the same time.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let world: CanaryWorld;
beforeAll(async () => {
  world = await openCanaryWorld();
});
afterAll(() => world?.close());

/** What the till is asked for while one submission of one customer is collected, in a run of its own. */
async function collect(change: Record<string, unknown>): Promise<readonly string[]> {
  const { folder, till } = world;
  till.calls.reset();
  folder.write("in.ndjson", ndjson([submission(1, change)]));
  const { code } = await runCommand({ arguments: ["collect", "in.ndjson"], folder: folder.path });
  expect(code).toBe(0);
  return till.calls.list().filter((operation) => operation !== "HelloWorld");
}

test("a customer who was in the tills before is searched for once, and read by their record from the next run on", async () => {
  const customerId = world.till.customers.add({ LastName: "Moreau", UsualStoreId: "001", EmailData: { Email: emailOf(1) } });
  expect(await collect({})).toEqual(["SearchCustomerIds", "GetCustomerDetail", "UpdateCustomer", "GetCustomerDetail"]);
  const [given] = submission(1)["decisions"] as Record<string, unknown>[];
  const later = { submissionId: "00000000-0000-4000-8000-00000000cafe", decisions: [{ ...given, status: "withdrawn" }] };
  expect(await collect(later)).toEqual(["GetCustomerDetail", "UpdateCustomer", "GetCustomerDetail"]);
  expect(world.till.customers.list().map(({ CustomerId, OptinEmail }) => [CustomerId, OptinEmail])).toEqual([[customerId, "DoNotUse"]]);
});
