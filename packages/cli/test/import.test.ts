import { EventEmitter } from "node:events";
import { existsSync, rmSync } from "node:fs";
import { Readable } from "node:stream";
import { expect, test } from "vitest";
import { refuseWrites } from "./support/refuse-writes.ts";
import { runCommand, type CommandAnswer } from "./support/run-command.ts";
import { CANARY, emailOf, ndjson, submission } from "./support/submissions.ts";
import { createTestFolder, type TestFolder } from "./support/test-folder.ts";

const MAP = {
  schema: "volenti-import-map-1",
  collectionPoint: "old-crm",
  country: { column: "Land", values: { Frankreich: "FR", Deutschland: "DE", Atlantis: "XX" } },
  identifiers: [{ kind: "email", column: "E-Mail" }, { kind: "phone", column: "Telefon" }],
  profile: { givenName: { column: "Vorname" }, email: { column: "E-Mail" } },
  decisions: [
    {
      purpose: "marketing.email",
      channel: "email",
      status: { column: "Newsletter", values: { ja: "given", nein: "refused", "": null } },
      proof: {
        actor: { value: "subject" },
        givenAt: { column: "am", format: "day.month.year" },
        notice: { value: "signup" },
        noticeVersion: { column: "Fassung" },
        locale: { value: "fr-FR" },
        method: { value: "checkbox" },
      },
    },
  ],
};
const HEADER = "Land;E-Mail;Telefon;Vorname;Newsletter;am;Fassung";

function row(number: number, change: { land?: string; news?: string; at?: string; version?: string; phone?: string; name?: string } = {}): string {
  const { land = "Frankreich", news = "ja", at = "03.02.2020", version = "3", phone = "", name = `Inès ${CANARY}` } = change;
  return [land, emailOf(number), phone, name, news, at, version].join(";");
}

function openFolder(lines: readonly string[], map: unknown = MAP): TestFolder {
  const folder = createTestFolder();
  folder.write("list.csv", `\uFEFF${[HEADER, ...lines].join("\r\n")}\r\n`);
  folder.write("map.json", JSON.stringify(map));
  return folder;
}

function importList(folder: TestFolder, ...more: string[]): Promise<CommandAnswer> {
  return runCommand({ arguments: ["import", "list.csv", "--map", "map.json", "--json", ...more], folder: folder.path });
}

async function answerOf(folder: TestFolder, number: number): Promise<unknown> {
  const shown = await runCommand({ arguments: ["show", "--email", "-", "--json"], folder: folder.path, input: emailOf(number) });
  const [view] = shown.json() as { consents?: { purpose: string; channel: string; answer: string }[] }[];
  return view?.consents?.find(({ purpose, channel }) => purpose === "marketing.email" && channel === "email")?.answer;
}

test("a grant with its proof counts from when it was given, and one without permits nothing", async () => {
  const folder = openFolder([row(1), row(2, { at: "" }), row(3, { version: "9" }), row(4, { at: "31.02.2020" }), row(5, { at: "01.01.2199" })]);
  const answer = await importList(folder);
  expect(answer.code).toBe(0);
  expect(answer.json().map(({ line, outcome }) => [line, outcome])).toEqual([1, 2, 3, 4, 5].map((number) => [number + 1, "delivered"]));
  expect(answer.json().map(({ problems }) => problems)).toEqual([
    [],
    [{ path: "decisions[0].proof.givenAt", code: "grantWithoutProof" }],
    [{ path: "decisions[0].proof.notice", code: "grantWithoutProof" }],
    [{ path: "decisions[0].proof.givenAt", code: "grantWithoutProof" }],
    [{ path: "decisions[0].proof.givenAt", code: "grantWithoutProof" }],
  ]);
  const stands = [];
  for (const number of [1, 2, 3, 4, 5]) stands.push(await answerOf(folder, number));
  expect(stands).toEqual(["granted", "unknown", "unknown", "unknown", "unknown"]);
  expect(answer.stderr).toContain("4 rows with a grant that lacks its proof");
  expect(answer.stdout + answer.stderr).not.toContain(CANARY);
});

test("a refusal counts without date or notice, from the import on, and beside a row that cannot be taken whole", async () => {
  const folder = openFolder([row(1, { news: "nein", at: "", version: "" }), row(2, { news: "nein", at: "never", name: "x".repeat(300) })]);
  await runCommand({ arguments: ["collect", "-"], folder: folder.path, input: ndjson([submission(1), submission(2)]) });
  expect(await answerOf(folder, 1)).toBe("granted");
  const answer = await importList(folder);
  expect(answer.json().map(({ outcome }) => outcome)).toEqual(["delivered", "rejected"]);
  expect(answer.code).toBe(1);
  expect([await answerOf(folder, 1), await answerOf(folder, 2)]).toEqual(["refused", "refused"]);
});

test("a dated refusal does not end what was given after it", async () => {
  const folder = openFolder([row(1, { news: "nein" })]);
  await runCommand({ arguments: ["collect", "-"], folder: folder.path, input: ndjson([submission(1)]) });
  await importList(folder);
  expect(await answerOf(folder, 1)).toBe("granted");
});

test("importing twice changes nothing, and a changed row is another submission", async () => {
  const folder = openFolder([row(1), row(2, { news: "nein", at: "" })]);
  await importList(folder);
  const before = folder.systems.eu.records.decisionsById.size;
  const again = await importList(folder);
  expect(again.code).toBe(0);
  expect(again.json().map(({ destinations }) => destinations)).toEqual([[{ id: "eu", outcome: "unchanged" }], [{ id: "eu", outcome: "unchanged" }]]);
  expect(folder.systems.eu.records.decisionsById.size).toBe(before);
  folder.write("list.csv", [HEADER, row(1, { news: "nein", at: "04.02.2020" })].join("\n"));
  await importList(folder);
  expect(await answerOf(folder, 1)).toBe("refused");
});

test("nobody comes back who was erased, until they sign up themselves", async () => {
  const folder = openFolder([row(1)]);
  await importList(folder);
  await runCommand({ arguments: ["erase", "--email", "-"], folder: folder.path, input: emailOf(1) });
  folder.write("list.csv", [HEADER, row(1, { at: "01.01.2026" })].join("\n"));
  const answer = await importList(folder);
  expect(answer.json()).toMatchObject([{ outcome: "rejected", problems: [{ path: "subject", code: "suppressed" }] }]);
  expect(answer.code).toBe(1);
  const later = submission(1, { occurredAt: new Date(Date.now() + 1000).toISOString() });
  expect((await runCommand({ arguments: ["collect", "-"], folder: folder.path, input: ndjson([later]) })).code).toBe(0);
  expect(await answerOf(folder, 1)).toBe("granted");
});

test("a word that the map does not know, a country, a row of another width: told by path and code, and the others go on", async () => {
  const folder = openFolder([row(1, { news: "vielleicht" }), row(2, { land: "Narnia" }), "Frankreich;zu;kurz", row(4, { land: "Atlantis" }), row(5, { phone: "no number" })]);
  const answer = await importList(folder);
  expect(answer.json().map(({ problems }) => problems)).toEqual([
    [{ path: "decisions[0].status", code: "unknownWord" }],
    [{ path: "country", code: "unknownWord" }],
    [{ path: "row", code: "wrongColumnCount" }],
    [{ path: "country", code: "unknownCountry" }],
    [{ path: "identifiers[1]", code: "invalidIdentifier" }],
  ]);
  expect(answer.json().map(({ outcome }) => outcome)).toEqual(["rejected", "rejected", "rejected", "rejected", "delivered"]);
  expect(answer.code).toBe(1);
});

test("quotes, line breaks and formula characters are text", async () => {
  const name = '"=1+1; ""Inès""\r\n@home"';
  const folder = openFolder([row(1, { name }), row(2)]);
  const answer = await importList(folder);
  expect(answer.json().map(({ line, outcome }) => [line, outcome])).toEqual([[2, "delivered"], [4, "delivered"]]);
  const [person] = folder.systems.eu.records.people.values();
  expect(person?.attributes.get("givenName")?.value).toBe('=1+1; "Inès"\r\n@home');
});

test.each([
  ["is not UTF-8", Buffer.from(`${HEADER}\n${row(1)}\nFrankreich;${emailOf(2)};;In\u00E8s;ja;;\n`, "latin1"), "line 2: invalidUtf8"],
  ["has a quote that is never closed", Buffer.from(`${HEADER}\n${row(1)}\n"open`), "malformedCsv"],
  ["has two columns of one name", Buffer.from("Land;Land\n"), "line 1: duplicateColumn"],
  ["is empty", Buffer.alloc(0), "line 1: noHeader"],
])("a file that %s is refused as a whole, before anything is sent", async (_how, bytes, told) => {
  const folder = openFolder([]);
  folder.write("list.csv", bytes as unknown as string);
  const answer = await importList(folder);
  expect([answer.code, answer.stdout]).toEqual([2, ""]);
  expect(answer.stderr).toContain(told);
  expect(answer.stderr).not.toContain(CANARY);
  expect(folder.systems.eu.records.people.size).toBe(0);
});

test("every problem of the map is told at once, by path and code", async () => {
  const decisions = [{ ...MAP.decisions[0], purpose: "nothing" }, { ...MAP.decisions[0], channel: "pigeon" }, { ...MAP.decisions[0], channel: undefined }];
  const unknown = await importList(openFolder([row(1)], { ...MAP, decisions, profile: { nickname: { column: "Spitzname" } } }));
  expect(unknown.code).toBe(2);
  for (const problem of ["map.decisions[0].purpose: unknownPurpose", "map.decisions[1].channel: unknownChannel", "map.decisions[2].channel: channelRequired", "map.profile.nickname.column: unknownColumn"]) {
    expect(unknown.stderr).toContain(problem);
  }
  const broken = await importList(openFolder([row(1)], { schema: "volenti-import-map-1", identifiers: [], secret: CANARY }));
  expect(broken.code).toBe(2);
  expect(broken.stderr).toContain("map.collectionPoint: required");
  expect(broken.stderr).not.toContain(CANARY);
});

test("a dry run shows route, what is withheld and unproved, and writes nothing", async () => {
  const folder = openFolder([row(1), row(2, { at: "" })]);
  const answer = await importList(folder, "--dry-run");
  expect(answer.code).toBe(0);
  expect(answer.json()).toMatchObject([
    { line: 2, outcome: "wouldDeliver", route: [{ destinationId: "eu" }], problems: [] },
    { line: 3, outcome: "wouldDeliver", problems: [{ code: "grantWithoutProof" }] },
  ]);
  expect(folder.systems.eu.countCalls()).toBe(0);
});

test("goes on where an interrupted import stopped", async () => {
  const folder = openFolder([row(1), row(2), row(3)]);
  folder.systems.eu.fail({ kind: "unavailable" });
  expect((await importList(folder, "--resume", "state.json", "--batch-size", "1")).code).toBe(3);
  folder.systems.eu.fail(null);
  const on = await importList(folder, "--resume", "state.json");
  expect([on.code, on.json().length]).toEqual([0, 3]);
  const done = await importList(folder, "--resume", "state.json");
  expect([done.code, done.stdout]).toEqual([0, ""]);
});

test("a list on standard input is imported as a file is, and goes on from its state", async () => {
  const folder = openFolder([row(1), row(2, { news: "nein" })]);
  const read = (input: string, ...more: string[]): Promise<CommandAnswer> =>
    runCommand({ arguments: ["import", "-", "--map", "map.json", "--json", ...more], folder: folder.path, input });
  const list = `${[HEADER, row(1), row(2, { news: "nein" })].join("\n")}\n`;
  expect((await read(list, "--dry-run")).code).toBe(0);
  const first = await read(list, "--resume", "list.state");
  expect([first.code, ...first.json().map(({ line, outcome }) => [line, outcome])]).toEqual([0, [2, "delivered"], [3, "delivered"]]);
  expect([await answerOf(folder, 1), await answerOf(folder, 2)]).toEqual(["granted", "refused"]);
  const second = await read(`${list}${row(3)}\n`, "--resume", "list.state");
  expect([second.code, ...second.json().map(({ line }) => line)]).toEqual([0, 4]);
  expect(await read(list.replace("ja", "nein"), "--resume", "list.state")).toMatchObject({ code: 2 });
  const broken = await read(`${HEADER}\n"${CANARY}`);
  expect([broken.code, broken.stdout]).toEqual([2, ""]);
  expect(broken.stderr).not.toContain(CANARY);
});

test("an interruption while the state of a list on standard input is opened asks nobody and writes no lock", async () => {
  const folder = openFolder([]);
  const list = `${[HEADER, row(1), row(2)].join("\n")}\n`;
  const signals = new EventEmitter();
  const read = (input: string | Readable): Promise<CommandAnswer> =>
    runCommand({ arguments: ["import", "-", "--map", "map.json", "--json", "--resume", "list.state"], folder: folder.path, input, signals });
  expect((await read(list)).code).toBe(0);
  rmSync(`${folder.path}/volenti.lock.json`);
  const calls = folder.systems.eu.countCalls();
  async function* cutOff(): AsyncGenerator<Buffer> {
    yield Buffer.from(list);
    signals.emit("SIGINT");
  }
  expect((await read(Readable.from(cutOff()))).code).toBe(130);
  expect(existsSync(`${folder.path}/volenti.lock.json`)).toBe(false);
  expect(folder.systems.eu.countCalls()).toBe(calls);
});

test("a row of which a part was taken is told as partly delivered, and ends the run with 3", async () => {
  const folder = createTestFolder({ change: refuseWrites("batch.items.some(({ profile }) => profile !== undefined)") });
  folder.write("list.csv", `${[HEADER, row(1, { news: "nein" })].join("\n")}\n`);
  folder.write("map.json", JSON.stringify(MAP));
  const answer = await importList(folder);
  expect(answer.json()).toMatchObject([{ outcome: "partlyDelivered", destinations: [{ id: "eu", outcome: "rejected" }], decisions: [{ status: "refused" }] }]);
  expect(answer.code).toBe(3);
});
