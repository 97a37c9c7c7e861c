import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { runCommand, type CommandAnswer } from "./support/run-command.ts";
import { emailOf, ndjson, submission } from "./support/submissions.ts";
import { createTestFolder, type TestFolder } from "./support/test-folder.ts";

function run(folder: TestFolder, call: readonly string[]): Promise<CommandAnswer> {
  return runCommand({ arguments: call, folder: folder.path, input: emailOf(1) });
}

async function openFolder(change: (text: string) => string = (text) => text): Promise<TestFolder> {
  const folder = createTestFolder({ change });
  await runCommand({ arguments: ["collect", "-"], folder: folder.path, input: ndjson([submission(1)]) });
  return folder;
}

/** As after France was taken out of the routes. */
function leaveFrance(folder: TestFolder): void {
  folder.write("volenti.config.mjs", readFileSync(`${folder.path}/volenti.config.mjs`, "utf8").replace('["FR", "DE"]', '["DE"]'));
}

test("what would be submitted for somebody of a country without a route says so, and records nothing", async () => {
  const folder = await openFolder((text) => text.replace("retry:", 'rights: { sensitivePurposes: ["marketing.email"] },\n  retry:'));
  for (const command of [["withdraw"], ["object"], ["limit"], ["rectify", "--set", "givenName=Zoe"]]) {
    const answer = await run(folder, [...command, "--email", "-", "--country", "BR", "--json"]);
    expect([answer.code, answer.json()]).toMatchObject([1, [{ problem: { code: "noRoute" }, result: null, request: { state: "in_progress", place: { country: "BR" } } }]]);
  }
  expect((await run(folder, ["withdraw", "--email", "-", "--country", "BR"])).stdout).toContain("Not done: no route of the configuration serves people of that country");
  expect((await run(folder, ["show", "--email", "-", "--json"])).json()).toMatchObject([{ consents: [{}, { answer: "granted" }] }]);
});

test("an erasure under a hold does not wait for refusals that no route would ever take", async () => {
  const folder = await openFolder();
  await run(folder, ["hold", "--email", "-", "--law", "CGI art. 102 B", "--reason", "invoice", "--scope", "email"]);
  leaveFrance(folder);
  const answer = await run(folder, ["erase", "--email", "-", "--json"]);
  expect([answer.code, answer.json()]).toMatchObject([1, [{ outcome: "held", withdrawal: { outcome: "unsupported", purposes: ["marketing.email"] }, request: { state: "fulfilled" } }]]);
});

test("an erasure of which only people can do the rest does not ask for another run", async () => {
  const folder = await openFolder((text) =>
    text
      .replace('eu: createMemoryConnector({ region: "EU", system: systems.eu })', 'crm: { ...createMemoryConnector({ region: "EU", system: systems.ru, ledger: false }), erasure: undefined },\n    eu: createMemoryConnector({ region: "EU", system: systems.eu })')
      .replace('to: ["eu"]', 'to: ["eu", "crm"]'),
  );
  const answer = await run(folder, ["erase", "--email", "-"]);
  expect([answer.code, answer.stdout]).toEqual([1, expect.stringMatching(/Incomplete: a destination cannot erase[^]*Left to people: do it there, then volenti requests fulfil [0-9a-f-]{36} --reason/)]);
  expect(answer.stdout).not.toContain("run it again");
});

test("of somebody unknown, whose place nobody knows, no law is said to name no date", async () => {
  const folder = await openFolder();
  const answer = await runCommand({ arguments: ["erase", "--email", "-"], folder: folder.path, input: "nobody@example.com" });
  expect([answer.code, answer.stdout]).toEqual([0, expect.stringContaining("denied (no_match); due: not known without the place.")]);
  expect((await run(folder, ["requests", "--all"])).stdout).not.toContain("no date in the law");
});

test("what no ledger keeps is not to be gone on with by an id that nobody knows", async () => {
  const folder = await openFolder((text) => text.replaceAll("system: systems.eu", "system: systems.eu, ledger: false").replaceAll("system: systems.ru", "system: systems.ru, ledger: false"));
  const left = await run(folder, ["restrict", "--email", "-"]);
  expect([left.code, left.stdout]).toEqual([1, expect.stringContaining("volenti requests fulfil --state FILE --reason")]);
  folder.systems.ru.fail({ kind: "unavailable" });
  const unfinished = await run(folder, ["withdraw", "--email", "-", "--country", "FR"]);
  expect([unfinished.code, unfinished.stdout]).toEqual([3, expect.stringContaining("Unfinished: run it again, or volenti requests run --state FILE.")]);
});
