import { readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { runCommand } from "./support/run-command.ts";
import { emailOf, ndjson, submission } from "./support/submissions.ts";
import { createTestFolder, type TestFolder } from "./support/test-folder.ts";

function createAnchoredFolder(): TestFolder {
  return createTestFolder({
    change: (text) =>
      text
        .replace('import { fileKeyring } from "@volenti/node";', 'import { createFileAnchor, fileKeyring } from "@volenti/node";')
        .replace('keys: fileKeyring("./keys"),', 'keys: fileKeyring("./keys"), anchors: [createFileAnchor("./anchor.ndjson")],'),
  });
}

const collect = (folder: TestFolder, numbers: readonly number[]) =>
  runCommand({ arguments: ["collect", "-", "--json"], folder: folder.path, input: ndjson(numbers.map((number) => submission(number))) });
const run = (folder: TestFolder, ...words: readonly string[]) => runCommand({ arguments: words, folder: folder.path });

test("a checkpoint is signed, published to the file, and checked by verify", async () => {
  const folder = createAnchoredFolder();
  const [line] = (await collect(folder, [1, 2])).json() as [{ decisions: [{ id: string }] }];
  const made = await run(folder, "checkpoint", "eu", "--json");
  expect(made.code).toBe(0);
  expect(made.json()).toMatchObject([{ destinations: [{ destinationId: "eu", status: "made", anchors: [{ anchorId: "file", status: "published" }] }] }]);
  expect((await run(folder, "checkpoint")).stdout).toContain("nothing new");
  expect((await run(folder, "verify", "--destination", "eu")).code).toBe(0);
  const proof = await run(folder, "checkpoint", "eu", "--prove", line.decisions[0].id, "--json");
  expect(proof.json()).toMatchObject([{ decisionId: line.decisions[0].id, leafIndex: 0 }]);
  expect((await run(folder, "checkpoint", "eu", "--prove", "00000000-0000-4000-8000-000000000000")).code).toBe(1);
  expect((await run(folder, "checkpoint", "eu", "--consistency", "1", "--json")).json()).toMatchObject([{ size: 1 }]);
});

test("a store that was set back is refused with exit 1, and nothing more is published", async () => {
  const folder = createAnchoredFolder();
  await collect(folder, [1]);
  await run(folder, "checkpoint", "eu");
  const published = readFileSync(`${folder.path}/anchor.ndjson`, "utf8");
  const { records } = folder.systems.eu;
  for (const kept of [records.people, records.decisions, records.decisionsById, records.heads, records.links, records.submissions]) kept.clear();
  records.log.splice(0);
  records.checkpoints.splice(0);
  await collect(folder, [2]);
  const refused = await run(folder, "checkpoint", "eu", "--json");
  expect(refused.code).toBe(1);
  expect(refused.json()).toMatchObject([{ destinations: [{ status: "refused", checkpoint: null, findings: [{ code: "checkpointDoesNotExtend", anchorId: "file" }] }] }]);
  expect(readFileSync(`${folder.path}/anchor.ndjson`, "utf8")).toBe(published);
  const verified = await run(folder, "verify", "--destination", "eu", "--json");
  expect(verified.code).toBe(1);
  expect(verified.stdout).toContain("checkpointMissing");
});

test("a line of the file that was changed is found, and a piece that a crash left is not a line", async () => {
  const folder = createAnchoredFolder();
  await collect(folder, [1]);
  await run(folder, "checkpoint", "eu");
  const file = `${folder.path}/anchor.ndjson`;
  const text = readFileSync(file, "utf8");
  for (const at of [20, 60, text.length - 10, text.length - 1]) {
    writeFileSync(file, text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ 1) + text.slice(at + 1));
    expect((await run(folder, "verify", "--destination", "eu")).code, `${at}`).toBe(1);
  }
  writeFileSync(file, `${text}{"publishedAt":"2026`);
  expect((await run(folder, "verify", "--destination", "eu")).code).toBe(0);
  await collect(folder, [2]);
  expect((await run(folder, "checkpoint", "eu")).code).toBe(0);
  expect(readFileSync(file, "utf8").trimEnd().split("\n")).toHaveLength(2);
  expect((await run(folder, "verify", "--destination", "eu")).code).toBe(0);
});

test("a revoked key is published as such, a new one takes over, and what the old one signed no longer counts", async () => {
  const folder = createTestFolder();
  const line = (await collect(folder, [1])).stdout;
  const [{ keys }] = (await run(folder, "keys", "--json")).json() as [{ keys: { keyId: string; kind: string }[] }];
  const keyId = keys.find(({ kind }) => kind === "signing")?.keyId ?? "";
  expect((await run(folder, "keys", "--revoke", keyId)).code).toBe(2);
  expect((await run(folder, "keys", "--revoke", "signing-nobody", "--at", "2026-01-01T00:00:00Z")).stderr).toContain("unknownKey");
  const revoked = await run(folder, "keys", "--revoke", keyId, "--at", "2026-01-01T00:00:00Z", "--public", "--json");
  expect(revoked.code).toBe(0);
  const [set] = revoked.json() as [{ keys: { kid: string; revoked?: object }[] }];
  expect(set.keys.map(({ kid, revoked: end }) => [kid === keyId, end])).toEqual([
    [true, { revoked_at: 1_767_225_600, reason: "compromised" }],
    [false, undefined],
  ]);
  const receipt = await runCommand({ arguments: ["verify", "--receipt", "-", "--json"], folder: folder.path, input: line });
  expect([receipt.code, receipt.json()[0]?.["findings"]]).toMatchObject([1, [{ code: "revokedKey" }]]);
  expect((await run(folder, "keys", "--revoke", keyId, "--at", "2026-02-01T00:00:00Z")).stderr).toContain("alreadyRevoked");
  const next = (await collect(folder, [2])).stdout;
  expect((await runCommand({ arguments: ["verify", "--receipt", "-"], folder: folder.path, input: next })).code).toBe(0);
});

test("people and erasures are recognised under the keys before the last ones", async () => {
  const folder = createTestFolder();
  await collect(folder, [1, 2]);
  await runCommand({ arguments: ["erase", "--email", "-"], folder: folder.path, input: emailOf(2) });
  for (const kind of ["blindIndex", "suppression", "submission"]) expect((await run(folder, "keys", "--rotate", kind)).code).toBe(0);
  const shown = await runCommand({ arguments: ["show", "--email", "-", "--json"], folder: folder.path, input: emailOf(1) });
  expect(shown.code).toBe(0);
  const again = { ...submission(1), submissionId: "9a0f5e0e-6a1e-4a53-9d0b-0f5d3b0c7f11" };
  await runCommand({ arguments: ["collect", "-"], folder: folder.path, input: ndjson([again]) });
  expect(folder.systems.eu.records.people.size).toBe(1);
  const erased = { ...submission(2), submissionId: "9b0f5e0e-6a1e-4a53-9d0b-0f5d3b0c7f11" };
  const [answer] = (await runCommand({ arguments: ["collect", "-", "--json"], folder: folder.path, input: ndjson([erased]) })).json();
  expect(answer).toMatchObject({ outcome: "rejected" });
});

test("the key that names people is not rotated where a route has no ledger", async () => {
  const folder = createTestFolder({ change: (text) => text.replace('region: "EU", system: systems.eu', 'region: "EU", ledger: false, system: systems.eu') });
  const answer = await run(folder, "keys", "--rotate", "subjectRef");
  expect(answer.code).toBe(2);
  expect(answer.stderr).toContain("rotateWouldDouble");
});
