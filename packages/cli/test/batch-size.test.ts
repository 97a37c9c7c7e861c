import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { runCommand } from "./support/run-command.ts";
import { ndjson, submission } from "./support/submissions.ts";
import { createTestFolder } from "./support/test-folder.ts";

const CONNECTOR = 'createMemoryConnector({ region: "EU", system: systems.eu })';

/** Collects a thousand lines; answers how many people each write held. */
async function widthsOf(options: readonly string[]): Promise<string> {
  const folder = createTestFolder({
    change: (text) =>
      `${text.replace(CONNECTOR, `preferring(${CONNECTOR})`)}
import { appendFileSync } from "node:fs";
function preferring(connector) {
  const write = async (batch) => {
    appendFileSync(new URL("./widths", import.meta.url), batch.items.length + " ");
    return connector.intake.write(batch);
  };
  return { ...connector, traits: { ...connector.traits, maxBatchSize: 1000, preferredBatchSize: 1000 }, intake: { write } };
}`,
  });
  folder.write("in.ndjson", ndjson(Array.from({ length: 1000 }, (_, index) => submission(index))));
  const { code } = await runCommand({ arguments: ["collect", "in.ndjson", ...options], folder: folder.path });
  expect(code).toBe(0);
  return readFileSync(`${folder.path}/widths`, "utf8");
}

test("a file of a thousand lines is one write for a destination that prefers a thousand", async () => {
  expect(await widthsOf([])).toBe("1000 ");
});

test("--batch-size goes before what a destination prefers", async () => {
  expect(await widthsOf(["--batch-size", "500", "--concurrency", "1"])).toBe("500 500 ");
});
