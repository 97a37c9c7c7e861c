import { existsSync, readFileSync, statSync } from "node:fs";
import { expect, test } from "vitest";
import { runCommand } from "./support/run-command.ts";
import { CANARY, ndjson, submission } from "./support/submissions.ts";
import { createTestFolder, type TestFolder } from "./support/test-folder.ts";

/** News by e-mail in a second, wider version, and a notice that asks for it; two people said yes to the first, one no. */
async function createChangedFolder(): Promise<TestFolder> {
  const folder = createTestFolder({
    change: (text) =>
      text
        .replace("  notices: [", '  notices: [\n    { id: "signup", version: "4", locale: "fr-FR", purposes: ["loyalty", "marketing.email@2"], standalone: true, firstLayer: "Bonjour", text: "Plus.", policyUrl: "https://example.com/fr" },')
        .replace(/(\{ key: "marketing.email", version: "1".*\},)/, (one: string) => `${one}\n${one.replace('version: "1"', 'version: "2"').replace('"givenName"]', '"givenName", "birthdate"]')}`),
  });
  const refusal = { ...(submission(3)["decisions"] as object[])[0], status: "refused" };
  folder.write("in.ndjson", ndjson([submission(1), submission(2), submission(3, { decisions: [refusal] })]));
  expect((await runCommand({ arguments: ["collect", "in.ndjson"], folder: folder.path })).code).toBe(0);
  return folder;
}

const reconsent = (folder: TestFolder, ...options: string[]): ReturnType<typeof runCommand> =>
  runCommand({ arguments: ["reconsent", ...options], folder: folder.path });

test("counts who must be asked again by purpose, channel and country, and names nobody", async () => {
  const answer = await reconsent(await createChangedFolder(), "--notice", "signup", "--version", "4");
  expect(answer).toMatchObject({ code: 0, stderr: "" });
  expect(answer.stdout).toContain("2 of 3 people have to be asked again.");
  expect(answer.stdout).toMatch(/marketing\.email.*email.*FR.*askAgain.*narrowerVersion.*2/);
  expect(answer.stdout).not.toContain(CANARY);
});

test("--list prints refs, and with --json the report last; --answer lists others", async () => {
  const folder = await createChangedFolder();
  const lines = (await reconsent(folder, "--notice", "signup", "--version", "4", "--list", "--json")).json();
  expect(lines.map(({ answer, outcome }) => answer ?? outcome)).toEqual(["askAgain", "askAgain", "complete"]);
  expect(lines.at(-1)).toMatchObject({ people: 3, peopleToAsk: 2, totals: { askAgain: 2, refused: 1, inform: 3 } });
  const refused = (await reconsent(folder, "--purpose", "marketing.email", "--list", "--answer", "refused")).stdout;
  expect(refused.split("\n")[0]).toMatch(/^[a-z2-7]{26}\tFR\tmarketing\.email\temail\trefused\tmayBeAsked\t-\tfr-FR$/);
});

test("--out writes those who must be asked, for their owner's eyes alone, and no file where something was not read", async () => {
  const folder = await createChangedFolder();
  const call = ["--notice", "signup", "--version", "4", "--out", "campaign.ndjson"];
  expect((await reconsent(folder, ...call)).code).toBe(0);
  const path = `${folder.path}/campaign.ndjson`;
  const entries = readFileSync(path, "utf8").trim().split("\n").map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(entries.map(({ answer, lastNotice }) => [answer, lastNotice])).toEqual(Array.from({ length: 2 }, () => ["askAgain", { id: "signup", version: "3", locale: "fr-FR" }]));
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readFileSync(path, "utf8")).not.toContain(CANARY);
  expect((await reconsent(folder, ...call)).code).toBe(2);
  folder.systems.ru.fail({ kind: "unavailable" });
  const broken = await reconsent(folder, ...call.slice(0, -1), "other.ndjson");
  expect([broken.code, existsSync(`${folder.path}/other.ndjson`)]).toEqual([3, false]);
});

test("a notice that names an earlier version asks for a human", async () => {
  const answer = await reconsent(await createChangedFolder(), "--notice", "signup", "--version", "3");
  expect(answer.code).toBe(1);
  expect(answer.stdout).toContain("marketing.email: the notice names a version that is not current");
});

test.each([
  ["unknownNotice", ["--notice", "signup", "--version", "9"]],
  ["incompleteNotice", ["--notice", "signup"]],
  ["unknownPurpose", ["--purpose", "fax"]],
  ["nothingNamed", []],
])("%s is wrong usage", async (code, options) => {
  const answer = await reconsent(await createChangedFolder(), ...options);
  expect(answer.code).toBe(2);
  expect(answer.stderr).toContain(code);
});
