import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { INJECTIONS, spoiledBytes, spoiledJson } from "../../../tools/test-support/hostile/hostile-values.ts";
import { MARKER } from "../../../tools/test-support/hostile/marker.ts";
import { fuzzRuns, survive } from "../../../tools/test-support/hostile/survive.ts";
import { faultsOf } from "./support/faults-of.ts";
import { runCommand, type CommandAnswer } from "./support/run-command.ts";
import { emailOf, ndjson, submission } from "./support/submissions.ts";
import { createTestFolder, type TestFolder } from "./support/test-folder.ts";

vi.setConfig({ testTimeout: fuzzRuns(180_000) });

const EMAIL = "person1@example.com";
const MAP = {
  schema: "volenti-import-map-1",
  collectionPoint: "old-crm",
  country: { column: "land", values: { France: "FR" } },
  identifiers: [{ kind: "email", column: "email" }],
  profile: { givenName: { column: "name" }, "address.locality": { column: "town" } },
  decisions: [
    {
      purpose: "marketing.email",
      channel: "email",
      status: { column: "news", values: { yes: "given", no: "refused", "": null } },
      proof: { actor: { value: "subject" }, givenAt: { column: "at", format: "day.month.year" }, notice: { value: "signup" }, noticeVersion: { value: "3" }, locale: { value: "fr-FR" }, method: { value: "checkbox" } },
    },
  ],
};
const ROW = { recipient: "ad-partner", purpose: "marketing.email", attribute: "email", ageBand: "adult", consent: "granted", jurisdiction: "FR", expect: "release", reason: "refused", ruleIds: ["mail"], name: "name" };
const TABLE = { schema: "volenti-policy-expectations-1", expectations: [ROW, { ...ROW, expect: "deny" }] };
const STATE = "state.json";

async function openFolder(): Promise<TestFolder> {
  const folder = createTestFolder({
    change: (text) =>
      text
        .replace('import { fileKeyring }', 'import { createFileAnchor, fileErasureLog, fileKeyring }')
        .replace('keys: fileKeyring("./keys"),', 'keys: fileKeyring("./keys"), anchors: [createFileAnchor("./anchor.ndjson")], erasureLog: fileErasureLog("./erasures.ndjson"),\n  release: { rules: [{ id: "mail", effect: "release", match: { recipients: ["ad-partner"], attributes: ["email"] } }] },')
        .replace('attributes: ["email", "givenName"]', 'attributes: ["email", "givenName"], recipients: ["ad-partner"]'),
  });
  folder.write("in.ndjson", ndjson([submission(1)]));
  folder.write("other.ndjson", ndjson([submission(2)]));
  folder.write("list.csv", `land;email;name;town;news;at\nFrance;${EMAIL};${MARKER};${MARKER};yes;03.02.2020\n${MARKER};${MARKER};${MARKER};${MARKER};${MARKER};${MARKER}\n`);
  folder.write("map.json", JSON.stringify(MAP));
  folder.write("table.json", JSON.stringify(TABLE));
  folder.write("patch.json", JSON.stringify({ givenName: MARKER, address: { locality: MARKER }, birthdate: "1990-02-03" }));
  const run = async (words: readonly string[]): Promise<string> => {
    const answer = await runCommand({ arguments: words, folder: folder.path });
    expect([words, answer.code, answer.stderr]).toEqual([words, 0, ""]);
    return answer.stdout;
  };
  const [line = ""] = (await run(["collect", "in.ndjson", "--json", "--resume", STATE])).split("\n");
  folder.write("receipt.json", line);
  folder.write("policy.json", await run(["policy", "export"]));
  folder.write("keys.json", await run(["keys", "--public"]));
  await run(["checkpoint", "eu"]);
  await run(["requests", "open", "--kind", "access", "--email", EMAIL, "--country", "FR", "--json"]);
  await run(["collect", "other.ndjson"]);
  await run(["erase", "--email", emailOf(2)]);
  return folder;
}

/** The files that a command reads; `json`: one value, whose members are spoiled too; `mayName`: its names are the brand's. */
const READERS: readonly { readonly file: string; readonly json?: true; readonly mayName?: true; readonly call: string }[] = [
  { file: "map.json", json: true, mayName: true, call: "import list.csv --map map.json" },
  { file: "map.json", json: true, mayName: true, call: "import list.csv --map map.json --dry-run" },
  { file: "list.csv", call: "import list.csv --map map.json" },
  { file: "in.ndjson", call: "collect in.ndjson" },
  { file: "in.ndjson", call: "collect in.ndjson --dry-run" },
  { file: STATE, json: true, call: "collect in.ndjson --resume state.json" },
  { file: "table.json", json: true, mayName: true, call: "policy test table.json" },
  { file: "policy.json", json: true, call: "policy diff policy.json policy.json" },
  { file: "patch.json", json: true, call: "rectify --email person1@example.com --file patch.json" },
  { file: "receipt.json", json: true, call: "verify --receipt receipt.json" },
  { file: "receipt.json", json: true, call: "receipt receipt.json --format dpv" },
  { file: "keys.json", json: true, call: "verify --receipt receipt.json --keys keys.json" },
  { file: "anchor.ndjson", call: "verify --destination eu" },
  { file: "anchor.ndjson", call: "checkpoint eu" },
  { file: "erasures.ndjson", call: "erase --replay erasures.ndjson" },
  { file: "volenti.lock.json", json: true, call: "lock" },
  { file: "volenti.lock.json", json: true, call: "doctor" },
];

test.each(READERS)("a hostile $file, under $call, is read, or refused by a code: no crash, no hang, nothing of it said", async ({ file, json, mayName, call }) => {
  const folder = await openFolder();
  const path = `${folder.path}/${file}`;
  expect(existsSync(path)).toBe(true);
  const text = readFileSync(path, "utf8");
  const bytes = spoiledBytes({ text, pieces: ["{", "}", "[", "]", ":", ",", '"', "\n", "\r\n", "\uFEFF", ";", '"__proto__":{"a":1},', '"constructor":', ...INJECTIONS] });
  const hostile = json === true ? fc.oneof(bytes, spoiledJson(JSON.parse(text)).map((value) => Buffer.from(JSON.stringify(value) ?? ""))) : bytes;
  const codes = new Set<number>();
  await fc.assert(
    fc.asyncProperty(hostile, fc.boolean(), async (changed, isJson) => {
      writeFileSync(path, changed);
      const answer = await calmly({ folder, call, isJson });
      codes.add(answer.code);
      expect(faultsOf({ answer, isJson, mayName: mayName === true })).toEqual([]);
    }),
    { numRuns: fuzzRuns(40) },
  );
  // A file that every one of its changes leaves as good, or as bad, as it was proves nothing.
  expect(codes.size).toBeGreaterThan(1);
});

test("a hostile key file is refused by a code, and no new key takes its place unasked", async () => {
  const folder = await openFolder();
  const keys = `${folder.path}/keys`;
  const texts = new Map(readdirSync(keys).map((name) => [name, readFileSync(`${keys}/${name}`, "utf8")]));
  const hostile = fc.constantFrom(...texts).chain(([name, text]) => spoiledJson(JSON.parse(text)).map((value) => [name, JSON.stringify(value) ?? ""] as const));
  await fc.assert(
    fc.asyncProperty(hostile, fc.boolean(), async ([name, changed], isJson) => {
      writeFileSync(`${keys}/${name}`, changed);
      for (const call of ["keys", `show --email ${EMAIL}`]) {
        expect(faultsOf({ answer: await calmly({ folder, call, isJson }), isJson })).toEqual([]);
      }
      writeFileSync(`${keys}/${name}`, texts.get(name) ?? "");
      expect(readdirSync(keys).toSorted()).toEqual([...texts.keys()].toSorted());
    }),
    { numRuns: fuzzRuns(30) },
  );
});

/** The answer of a command, which neither rejects nor hangs. */
async function calmly(request: { folder: TestFolder; call: string; isJson: boolean }): Promise<CommandAnswer> {
  const { folder, call, isJson } = request;
  const { answer } = await survive({ run: () => runCommand({ arguments: [...call.split(" "), ...(isJson ? ["--json"] : [])], folder: folder.path }), isOurs: () => false });
  if (answer === null) throw new Error("the command rejected");
  return answer;
}
