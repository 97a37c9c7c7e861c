import { afterAll, expect, test, vi } from "vitest";
import { CONSENT_STATUSES, isStanding } from "@volenti/core/adapter";
import { startPostgresql } from "../../../tools/test-support/start-postgresql.ts";
import { openStore } from "./support/open-store.ts";
import { queryDatabase } from "./support/query-database.ts";
import { makeBatch, makeItem } from "./support/sealed-items.ts";

// Work on a disk that other suites use at the same time.
vi.setConfig({ testTimeout: 60_000 });

const server = await startPostgresql();
if (server === null) process.stderr.write("No PostgreSQL was found: what is changed behind the back of a store is not tested.\n");
afterAll(() => server?.stop());

test("the tables refuse what stands another rank than that of its status, whoever writes it", async (context) => {
  if (server === null) return context.skip("no PostgreSQL is installed");
  const url = await server.createDatabase();
  const store = openStore({ url });
  await store.provisioning!.apply();
  const statuses = CONSENT_STATUSES.filter(isStanding);
  const items = statuses.map((status) => makeItem({ decisions: [{ channel: "email", status }] }));
  const written = await store.intake.write(makeBatch(items));
  expect(written.map(({ status }) => status)).toEqual(statuses.map(() => "written"));
  for (const status of statuses) {
    for (const rank of ["1 - rank", "rank + 2", "-rank - 1"]) {
      const turning = queryDatabase({ url, statement: `update volenti.consent_state set rank = ${rank} where status = $1`, parameters: [status] });
      await expect(turning, status).rejects.toThrow("rank_of_status");
    }
  }
  await store.close();
});
