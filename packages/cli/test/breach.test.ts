import { readFileSync, statSync } from "node:fs";
import { expect, test } from "vitest";
import { runCommand } from "./support/run-command.ts";
import { ndjson, submission } from "./support/submissions.ts";
import { createTestFolder, type TestFolder } from "./support/test-folder.ts";

async function createFolderWithPeople(): Promise<TestFolder> {
  const folder = createTestFolder();
  folder.write("in.ndjson", ndjson([submission(1)]));
  await runCommand({ arguments: ["collect", "in.ndjson"], folder: folder.path });
  return folder;
}

const breach = (folder: TestFolder, ...options: string[]): ReturnType<typeof runCommand> =>
  runCommand({ arguments: ["breach", ...options], folder: folder.path });

test("tells deadlines by country, and writes refs into a file of the owner's alone", async () => {
  const folder = await createFolderWithPeople();
  const answer = await breach(folder, "--destination", "eu", "--since", "2026-11-01", "--discovered-at", "2026-11-20T10:00:00Z", "--out", "people.ndjson");
  expect(answer.code).toBe(0);
  expect(answer.stdout).toContain("2026-11-23T10:00:00.000Z");
  const text = readFileSync(`${folder.path}/people.ndjson`, "utf8");
  expect(JSON.parse(text)).toMatchObject({ status: "held" });
  expect(text + answer.stdout).not.toContain("@example");
  expect(statSync(`${folder.path}/people.ndjson`).mode & 0o777).toBe(0o600);
});

test("never writes over a file", async () => {
  const folder = await createFolderWithPeople();
  folder.write("people.ndjson", "kept");
  expect((await breach(folder, "--destination", "eu", "--since", "2026-11-01", "--out", "people.ndjson")).code).toBe(2);
  expect(readFileSync(`${folder.path}/people.ndjson`, "utf8")).toBe("kept");
});

test("answers what cannot be listed, what is unreachable and what is misspelt apart", async () => {
  const folder = createTestFolder({ change: (text) => text.replace(/createMemoryConnector\((\{ region: "EU".*\})\)/, "{ ...createMemoryConnector($1), population: undefined }") });
  const unlisted = await breach(folder, "--destination", "eu", "--since", "2026-11-01", "--json");
  expect([unlisted.code, unlisted.json()]).toEqual([1, [{ destinationId: "eu", outcome: "unsupported", code: "cannotBeListed" }]]);
  const down = await createFolderWithPeople();
  down.systems.eu.fail({ kind: "unavailable" });
  expect((await breach(down, "--destination", "eu", "--since", "2026-11-01")).code).toBe(3);
  expect((await breach(down, "--destination", "nowhere", "--since", "2026-11-01")).code).toBe(2);
  expect((await breach(down, "--destination", "eu", "--since", "last week")).code).toBe(2);
  expect((await breach(down, "--destination", "eu")).code).toBe(2);
});
