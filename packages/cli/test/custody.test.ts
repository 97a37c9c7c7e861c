import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { runCommand } from "./support/run-command.ts";
import { CANARY, emailOf, ndjson, submission } from "./support/submissions.ts";
import { createEmptyFolder, createTestFolder, type TestFolder } from "./support/test-folder.ts";

async function collectOne(folder: TestFolder): Promise<string> {
  const answer = await runCommand({
    arguments: ["collect", "-", "--json"],
    folder: folder.path,
    input: ndjson([submission(1)]),
  });
  return answer.stdout;
}

test("the first run of a command writes the lock, and lock says what it adds", async () => {
  const folder = createTestFolder();
  await runCommand({ arguments: ["doctor"], folder: folder.path });
  const lock = JSON.parse(readFileSync(`${folder.path}/volenti.lock.json`, "utf8"));
  expect(Object.keys(lock.purposes)).toEqual(["loyalty@1", "marketing.email@1"]);
  const again = await runCommand({ arguments: ["lock", "--json"], folder: folder.path });
  expect(again.json()).toEqual([{ added: [], keys: [] }]);
  expect(again.code).toBe(0);
});

test("locks a new version before anything is recorded under it", async () => {
  const folder = createTestFolder();
  await runCommand({ arguments: ["lock"], folder: folder.path });
  const text = readFileSync(`${folder.path}/volenti.config.mjs`, "utf8");
  const raised = text.replace('id: "signup", version: "3"', 'id: "signup", version: "4"');
  folder.write("volenti.config.mjs", raised);
  expect((await runCommand({ arguments: ["collect", "-"], folder: folder.path })).code).toBe(0);
  folder.write("volenti.config.mjs", raised.replace("Vos choix.", "D'autres choix."));
  const answer = await runCommand({ arguments: ["collect", "-"], folder: folder.path });
  expect(answer.code).toBe(2);
  expect(answer.stderr).toContain("signup@4@fr-FR");
});

test("adds a new version to the lock", async () => {
  const folder = createTestFolder();
  await runCommand({ arguments: ["lock"], folder: folder.path });
  const text = readFileSync(`${folder.path}/volenti.config.mjs`, "utf8");
  folder.write("volenti.config.mjs", text.replace('id: "signup", version: "3"', 'id: "signup", version: "4"'));
  const answer = await runCommand({ arguments: ["lock"], folder: folder.path });
  expect(answer.code).toBe(0);
  expect(answer.stdout).toContain("added notice signup@4@fr-FR");
});

test("refuses to start without a key that the lock names", async () => {
  const folder = createTestFolder();
  await runCommand({ arguments: ["lock"], folder: folder.path });
  rmSync(`${folder.path}/keys`, { recursive: true });
  const answer = await runCommand({ arguments: ["collect", "-", "--json"], folder: folder.path, input: ndjson([submission(1)]) });
  expect(answer.code).toBe(2);
  expect(answer.stdout).toBe("");
  expect(answer.stderr).toContain("keyMissing");
});

test.each([["collect", "-"], ["keys"], ["doctor"], ["show", "--email", "-"], ["verify"]])("makes no key in the place of a lost one: %s", async (...call) => {
  const folder = createTestFolder();
  await runCommand({ arguments: ["lock"], folder: folder.path });
  rmSync(`${folder.path}/keys`, { recursive: true });
  const answer = await runCommand({ arguments: call, folder: folder.path, input: "ines@example.com" });
  expect(answer.code).toBe(2);
  expect(existsSync(`${folder.path}/keys`)).toBe(false);
});

test("lists keys without secrets, rotates one, and publishes a JWK set", async () => {
  const folder = createTestFolder();
  const before = await runCommand({ arguments: ["keys", "--json"], folder: folder.path });
  const rotated = await runCommand({ arguments: ["keys", "--rotate", "signing", "--public", "--json"], folder: folder.path });
  expect(rotated.code).toBe(0);
  const [set] = rotated.json();
  const keys = set?.["keys"] as Record<string, string>[];
  expect(keys).toHaveLength(2);
  for (const key of keys) expect(Object.keys(key)).toEqual(["kty", "crv", "x", "kid", "alg", "use"]);
  const published = `${before.stdout}${rotated.stdout}`;
  for (const name of readdirSync(`${folder.path}/keys`)) {
    const words = readFileSync(`${folder.path}/keys/${name}`, "utf8").match(/[A-Za-z0-9_+/-]{40,}/g) ?? [];
    const secrets = words.filter((word) => !keys.some(({ x, kid }) => x === word || kid === word));
    expect(name.startsWith("keyring") || secrets.length > 0, name).toBe(true);
    for (const secret of secrets) expect(published).not.toContain(secret);
  }
});

test("goes on under a rotated key, with the lock kept up to date", async () => {
  const folder = createTestFolder();
  const line = await collectOne(folder);
  await runCommand({ arguments: ["keys", "--rotate", "signing"], folder: folder.path });
  const answer = await runCommand({ arguments: ["verify", "--receipt", "-"], folder: folder.path, input: line });
  expect(answer.code).toBe(0);
});

test("verifies a receipt with a JWK set alone, in a folder without a configuration", async () => {
  const folder = createTestFolder();
  const line = await collectOne(folder);
  const elsewhere = createEmptyFolder();
  const { stdout: keys } = await runCommand({ arguments: ["keys", "--public"], folder: folder.path });
  const { receipt } = JSON.parse(line) as { receipt: string };
  writeFileSync(`${elsewhere}/keys.json`, keys);
  writeFileSync(`${elsewhere}/receipt.txt`, `${receipt}\n`);
  const call = { arguments: ["verify", "--receipt", "receipt.txt", "--keys", "keys.json", "--json"], folder: elsewhere };
  const good = await runCommand(call);
  expect(good.code).toBe(0);
  expect(good.json()).toMatchObject([{ valid: true, submissionId: submission(1)["submissionId"], findings: [] }]);
  writeFileSync(`${elsewhere}/receipt.txt`, receipt.slice(0, -8));
  const bad = await runCommand(call);
  expect(bad.code).toBe(1);
  expect(bad.json()).toMatchObject([{ valid: false }]);
});

test("a receipt is not proved by another brand's keys", async () => {
  const folder = createTestFolder();
  const line = await collectOne(folder);
  const other = createTestFolder();
  const { stdout: keys } = await runCommand({ arguments: ["keys", "--public"], folder: other.path });
  folder.write("other.json", keys);
  const answer = await runCommand({ arguments: ["verify", "--receipt", "-", "--keys", "other.json"], folder: folder.path, input: line });
  expect(answer.code).toBe(1);
  expect(answer.stdout).toContain("unknownKey");
});

test("verifies everything that the destinations hold, and finds a decision that was changed", async () => {
  const folder = createTestFolder();
  await collectOne(folder);
  const good = await runCommand({ arguments: ["verify", "--json"], folder: folder.path });
  expect(good.code).toBe(0);
  expect(good.json()).toMatchObject([{ destinations: [{ destinationId: "eu", valid: true, counts: { decisions: 1, sound: 1 } }, { destinationId: "ru" }] }]);
  const { decisions } = folder.systems.eu.records;
  for (const [id, row] of decisions) {
    decisions.set(id, JSON.parse(JSON.stringify(row).replaceAll("paris-flagship", "rome-flagship")));
  }
  const bad = await runCommand({ arguments: ["verify", "--destination", "eu"], folder: folder.path });
  expect(bad.code).toBe(1);
  expect(bad.stdout).toContain("0 of 1 decisions");
});

test("a destination that cannot be read is not verified", async () => {
  const folder = createTestFolder();
  folder.systems.eu.fail({ kind: "unavailable" });
  const answer = await runCommand({ arguments: ["verify", "--destination", "eu"], folder: folder.path });
  expect(answer.code).toBe(3);
});

test("verifies the other destinations where one cannot be read", async () => {
  const folder = createTestFolder();
  await runCommand({ arguments: ["collect", "-"], folder: folder.path, input: ndjson([submission(1), submission(2, { country: "RU" })]) });
  folder.systems.eu.fail({ kind: "unavailable" });
  const answer = await runCommand({ arguments: ["verify", "--json"], folder: folder.path });
  expect(answer.code).toBe(3);
  expect(answer.json()).toMatchObject([
    { destinations: [{ destinationId: "eu", status: "unreachable", code: "unavailable" }, { destinationId: "ru", status: "verified", valid: true, counts: { decisions: 1 } }] },
  ]);
  const shown = await runCommand({ arguments: ["verify"], folder: folder.path });
  expect(shown.stdout).toMatch(/^eu: unreachable.*unavailable/m);
  expect(shown.stdout).toMatch(/^ru: 1 of 1 decisions/m);
});

test("finds a consent that was forged in the state alone", async () => {
  const folder = createTestFolder();
  const [given] = submission(1)["decisions"] as Record<string, unknown>[];
  await runCommand({ arguments: ["collect", "-"], folder: folder.path, input: ndjson([submission(1, { decisions: [{ ...given, status: "refused" }] })]) });
  const { people } = folder.systems.eu.records;
  for (const [ref, person] of people) {
    const states = new Map([...person.states].map(([key, state]) => [key, { ...state, status: "given" as const }]));
    people.set(ref, { ...person, states });
  }
  const answer = await runCommand({ arguments: ["verify", "--destination", "eu"], folder: folder.path });
  expect(answer.code).toBe(1);
  expect(answer.stdout).toMatch(/stateMismatch\s+│ status/);
});

test("shows one person for people, with consents and notice versions", async () => {
  const folder = createTestFolder();
  await collectOne(folder);
  const answer = await runCommand({ arguments: ["show", "--email", emailOf(1)], folder: folder.path });
  expect(answer.code).toBe(0);
  expect(answer.stdout).toContain("signup 3 fr-FR");
  expect(answer.stdout).toMatch(/marketing\.email\s+│ email\s+│ granted/);
});

test("an unreachable destination never looks like an empty one", async () => {
  const folder = createTestFolder();
  await collectOne(folder);
  folder.systems.eu.fail({ kind: "unavailable" });
  const answer = await runCommand({ arguments: ["show", "--email", emailOf(1), "--json"], folder: folder.path });
  expect(answer.code).toBe(3);
  expect(answer.json()).toMatchObject([{ complete: false, destinations: [{ id: "eu", status: "unreachable" }, { id: "ru", status: "notFound" }] }]);
});

test("erases a person, says what was kept and why, and finds nobody afterwards", async () => {
  const folder = createTestFolder();
  await collectOne(folder);
  const call = { arguments: ["erase", "--email", "-", "--json"], folder: folder.path, input: `${emailOf(1)}\r\n` };
  const erased = await runCommand(call);
  expect(erased.code).toBe(0);
  const [report] = erased.json() as unknown as { destinations: { records: { outcome: string; reason?: string }[] }[] }[];
  const records = report?.destinations[0]?.records ?? [];
  expect(records.some(({ outcome }) => outcome === "erased")).toBe(true);
  for (const { reason } of records.filter(({ outcome }) => outcome === "kept")) expect(reason).toBeTruthy();
  const shown = await runCommand({ arguments: ["show", "--email", "-", "--json"], folder: folder.path, input: emailOf(1) });
  expect(shown.json()).toMatchObject([{ found: false }]);
});

test("an erasure that could not reach a destination exits 3", async () => {
  const folder = createTestFolder();
  await collectOne(folder);
  folder.systems.eu.fail({ kind: "unavailable" });
  const answer = await runCommand({ arguments: ["erase", "--email", "-"], folder: folder.path, input: emailOf(1) });
  expect(answer.code).toBe(3);
  expect(answer.stdout).toContain("failed");
});

test("erases every test person, and nobody else", async () => {
  const folder = createTestFolder();
  const input = ndjson([submission(1), submission(2, { test: true })]);
  await runCommand({ arguments: ["collect", "-"], folder: folder.path, input });
  const answer = await runCommand({ arguments: ["erase", "--test"], folder: folder.path });
  expect(answer.code).toBe(0);
  const kept = await runCommand({ arguments: ["show", "--email", "-", "--json"], folder: folder.path, input: emailOf(1) });
  const gone = await runCommand({ arguments: ["show", "--email", "-", "--json"], folder: folder.path, input: emailOf(2) });
  expect([kept.json()[0]?.["found"], gone.json()[0]?.["found"]]).toEqual([true, false]);
});

test("says that there was nothing to erase", async () => {
  const folder = createTestFolder();
  await collectOne(folder);
  const answer = await runCommand({ arguments: ["erase", "--test"], folder: folder.path });
  expect(answer.code).toBe(0);
  expect(answer.stdout).toContain("Nothing found");
  expect(answer.stdout).not.toContain("erased");
  const json = await runCommand({ arguments: ["erase", "--test", "--json"], folder: folder.path });
  expect(json.json()).toMatchObject([{ outcome: "complete", destinations: [{ id: "eu", status: "notFound" }, { id: "ru", status: "notFound" }] }]);
});

test("a destination that cannot look for test people is left to a human, and not tried for ever", async () => {
  const folder = createTestFolder({
    change: (text) =>
      text
        .replace("const systems", 'import { ConnectorError } from "@volenti/core/adapter";\nconst refuse = async () => { throw new ConnectorError({ code: "unsupported", connectorId: "ru", operation: "erasure.eraseTest", fieldNames: ["testField"] }); };\nconst systems')
        .replace('ru: createMemoryConnector({ region: "RU", system: systems.ru })', 'ru: ((connector) => ({ ...connector, erasure: { ...connector.erasure, eraseTest: refuse } }))(createMemoryConnector({ region: "RU", system: systems.ru }))'),
  });
  await collectOne(folder);
  const answer = await runCommand({ arguments: ["erase", "--test", "--json"], folder: folder.path });
  expect(answer.json()).toMatchObject([{ outcome: "incomplete", destinations: expect.arrayContaining([expect.objectContaining({ id: "ru", status: "unsupported", code: "unsupported" })]) }]);
  expect(answer.code).toBe(1);
});

test("never repeats a person's value that was typed wrongly", async () => {
  const folder = createTestFolder();
  const calls = [
    ["show", "--emial", `${CANARY}@example.com`],
    ["show", `--emial=${CANARY}@example.com`],
    ["show", "--email", CANARY],
    ["show", "--phone", CANARY],
    ["show", `${CANARY}@example.com`],
    ["show", "--email", `${CANARY}@example.com`, "--phone", "+33199000001"],
    ["erase", "--test", "--email", `${CANARY}@example.com`],
    ["erase"],
    ["show", "--email"],
    [`${CANARY}@example.com`],
    ["keys", "--rotate", CANARY],
    ["collect", `${CANARY}.ndjson`],
    ["show", "--email", "-", "--config", `${CANARY}@example.com`],
    ["collect", "-", "--config", `${CANARY}/${CANARY}.mts`],
    ["collect", "-", "--batch-size", CANARY],
    ["provision", CANARY],
    ["verify", "--receipt", CANARY],
    ["verify", "--keys", CANARY],
    ["verify", "--destination", CANARY],
    ["verify", "--destination", "eu", "--receipt", "-"],
    ["collect", "volenti.config.mjs", "--resume", "state.json", "--dry-run"],
  ];
  for (const call of calls) {
    const answer = await runCommand({ arguments: call, folder: folder.path });
    expect.soft({ call, code: answer.code }).toEqual({ call, code: 2 });
    expect.soft(answer.stderr, call.join(" ")).not.toBe("");
    expect.soft(answer.stdout, call.join(" ")).toBe("");
    expect.soft(answer.stdout + answer.stderr).not.toContain(CANARY);
  }
});

test("suggests the option that was meant", async () => {
  const folder = createTestFolder();
  const answer = await runCommand({ arguments: ["show", "--emial", "-"], folder: folder.path });
  expect(answer.stderr).toContain("did you mean --email?");
});

test("helps and tells its version on standard output", async () => {
  const folder = createTestFolder();
  const help = await runCommand({ arguments: ["collect", "--help"], folder: folder.path });
  const version = await runCommand({ arguments: ["--version"], folder: folder.path });
  const none = await runCommand({ arguments: [], folder: folder.path });
  expect([help.code, version.code, none.code]).toEqual([0, 0, 2]);
  expect(help.stdout).toContain("--resume");
  expect(version.stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  expect(none.stderr).toContain("collect");
});

test("two persons behind one address are nobody's to erase: exit 1, and neither they nor the ledger are touched", async () => {
  const change = (text: string): string =>
    text
      .replace('createMemoryConnector({ region: "RU", system: systems.ru })', 'createMemoryConnector({ region: "RU", ledger: false, system: systems.ru })')
      .replace('to: ["eu"] }]', 'to: ["eu", "ru"] }]');
  const folder = createTestFolder({ change });
  await collectOne(folder);
  const { people } = folder.systems.ru.records;
  const [person] = people.values();
  if (person === undefined) throw new Error("nobody is there");
  people.set("another", { ...person, ref: "another" });
  const answer = await runCommand({ arguments: ["erase", "--email", "-", "--json"], folder: folder.path, input: emailOf(1) });
  expect(answer.code).toBe(1);
  expect(answer.json()).toMatchObject([{ problem: { code: "severalPeople" } }]);
  expect([people.size, folder.systems.eu.records.links.size]).toEqual([2, 1]);
});

test("an erasure of somebody whom nobody holds is done, and leaves no log", async () => {
  const folder = createTestFolder();
  const answer = await runCommand({ arguments: ["erase", "--email", "-", "--json"], folder: folder.path, input: emailOf(9) });
  expect([answer.code, answer.json()]).toMatchObject([0, [{ outcome: "complete", destinations: [{ status: "notFound" }, { status: "notFound" }] }]]);
  expect(existsSync(`${folder.path}/.volenti`)).toBe(false);
});
