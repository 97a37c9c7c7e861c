import { afterAll, describe, expect, test } from "vitest";
import { describeConformance } from "@volenti/conformance/vitest";
import { findPostgresqlPrograms } from "../../../tools/test-support/find-postgresql-programs.ts";
import { startPostgresql } from "../../../tools/test-support/start-postgresql.ts";
import { createStoreHarness } from "./support/store-harness.ts";

const server = await startPostgresql();
afterAll(() => server?.stop());

if (server === null) {
  process.stderr.write("No PostgreSQL was found: the conformance kit is not run on this store.\n");
  describe("regional-store without PostgreSQL", () => {
    test("the kit is left out only where there is no server to run", async () => {
      expect(await findPostgresqlPrograms()).toBeNull();
    });
  });
} else {
  describeConformance({
    name: "regional-store (PostgreSQL)",
    harness: () => createStoreHarness(server),
    report: new URL("../conformance-report.json", import.meta.url),
    // Only what hangs ends by it, on a busy machine too.
    caseTimeoutInMs: 120_000,
  });
}
