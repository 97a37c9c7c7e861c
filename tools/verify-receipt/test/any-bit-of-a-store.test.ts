import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createVolenti, type Volenti } from "@volenti/core";
import { createGovernance, type Governance } from "@volenti/governance";
import { createFileAnchor, fileKeyring } from "@volenti/node";
import { createRegionalStore } from "@volenti/regional-store";
import { Client } from "pg";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { startPostgresql } from "../../test-support/start-postgresql.ts";

vi.setConfig({ testTimeout: 240_000 });

function submission(number: number): object {
  const decision = { notice: "signup", noticeVersion: "3", locale: "fr-FR", method: "checkbox" };
  return {
    submissionId: `5f0f5e0e-6a1e-4a53-9d0b-0f5d3b0c7f0${number}`,
    collectionPoint: "paris-flagship",
    occurredAt: "2026-01-21T10:15:00.000Z",
    receivedAt: "2026-01-21T10:16:00.000Z",
    country: "FR",
    subject: { identifiers: [{ kind: "email", value: `person${number}@example.com` }] },
    profile: { givenName: "Inès" },
    decisions: [
      { ...decision, purpose: "marketing.email", channel: "email", status: "given" },
      { ...decision, purpose: "loyalty", status: "acknowledged" },
    ],
  };
}

const server = await startPostgresql();
const folder = mkdtempSync(join(tmpdir(), "volenti-proof-"));
let volenti: Volenti;
let governance: Governance;
let client: Client;

beforeAll(async () => {
  if (server === null) return;
  const url = await server.createDatabase();
  const eu = createRegionalStore({ url, region: "EU" });
  volenti = createVolenti({
    controller: { id: "maison-exemple", name: "Maison Exemple", country: "FR", contact: "privacy@example.com", privacyPolicyUrl: "https://example.com/privacy" },
    purposes: [
      { key: "loyalty", version: "1", basis: "contract", mechanism: "noticeOnly", attributes: ["givenName", "familyName", "email"], label: { en: "Loyalty" } },
      { key: "marketing.email", version: "1", basis: "consent", mechanism: "optIn", channels: ["email"], attributes: ["email", "givenName"], label: { en: "News by e-mail" } },
    ],
    notices: [
      { id: "signup", version: "3", locale: "fr-FR", purposes: ["loyalty", "marketing.email"], standalone: true, firstLayer: "Bonjour", text: "Vos choix.", policyUrl: "https://example.com/fr" },
    ],
    destinations: { eu },
    routes: [{ to: ["eu"] }],
    residency: "none",
    keys: fileKeyring(`${folder}/keys`),
    anchors: [createFileAnchor(`${folder}/anchor.ndjson`)],
  });
  await eu.provisioning?.apply();
  governance = createGovernance(volenti);
  for await (const { outcome } of volenti.collectMany([1, 2, 3, 4].map((number) => submission(number)))) expect(outcome).toBe("delivered");
  expect(await governance.checkpoint({ destinationId: "eu" })).toMatchObject({ status: "made" });
  await volenti.collect(submission(5));
  expect(await governance.checkpoint({ destinationId: "eu" })).toMatchObject({ status: "made", anchors: [{ status: "published" }] });
  client = new Client({ connectionString: url });
  await client.connect();
});

afterAll(async () => {
  await client?.end();
  await volenti?.close();
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const verify = () => governance.verify({ destinationId: "eu" });

test.skipIf(server === null)("a checkpointed store proves itself, its decisions, and that it only grew", async () => {
  const report = await verify();
  expect(report).toMatchObject({ valid: true, counts: { log: { checkpoints: 2, uncovered: 0, unanchored: 0 } } });
  const { rows } = await client.query<{ decision_id: string; size: string }>("select decision_id, (select min(size) from volenti.checkpoint) as size from volenti.decision limit 1");
  const [row] = rows;
  expect(await governance.proveDecision({ destinationId: "eu", decisionId: row!.decision_id })).toMatchObject({ treeSize: report.counts.log?.entries });
  expect(await governance.proveConsistency({ destinationId: "eu", size: Number(row!.size) })).toMatchObject({ laterSize: report.counts.log?.entries });
});

test.skipIf(server === null)("nobody but a superuser changes or removes a place or a checkpoint", async () => {
  for (const role of ["owner", "writer", "auditor", "eraser"]) {
    for (const statement of ["update volenti.log_entry set hash = ''", "delete from volenti.log_entry", "update volenti.checkpoint set root = ''", "delete from volenti.checkpoint"]) {
      await client.query("begin");
      await client.query(`set local role volenti_${role}`);
      const count = await client.query(statement).then(({ rowCount }) => rowCount, () => 0);
      await client.query("rollback");
      expect(count, `${role}: ${statement}`).toBe(0);
    }
  }
});

/** What of each table is sealed; when a row was recorded is the store's own word, and is not. */
const SEALED = {
  decision: {
    decision_id: "uuid", ref: "text", purpose: "text", purpose_version: "text", channel: "text", status: "text", notice_id: "text",
    notice_version: "text", notice_sha256: "bytea", occurred_at: "timestamptz", received_at: "timestamptz", effective_at: "bigint",
    collection_point: "text", test: "boolean", canonical: "text", hash: "bytea", chain_position: "bigint", chain_link: "bytea",
    leaf_index: "integer", tree_size: "integer", path: "bytea", root: "bytea",
  },
  head: { root: "bytea", jws: "text" },
  log_entry: { log_index: "bigint", decision_id: "uuid", hash: "bytea" },
  checkpoint: { size: "bigint", root: "bytea", jws: "text", peaks: "bytea" },
} as const;

const columns = Object.entries(SEALED).flatMap(([table, types]) => Object.entries(types).map(([column, type]) => ({ table, column, type })));

function flip(request: { value: string; type: string; bit: number }): string {
  const { value, type, bit } = request;
  if (type === "boolean") return value === "true" ? "false" : "true";
  if (type === "bigint" || type === "integer") return String(BigInt(value) ^ (1n << BigInt(bit % 31)));
  if (type === "timestamptz") return new Date(Date.parse(value) + 2 ** (bit % 30)).toISOString();
  const digits = type === "text" ? Buffer.from(value) : Buffer.from(value.replaceAll(/\\x|-/g, ""), "hex");
  const place = (bit >> 3) % digits.length;
  digits[place]! ^= 1 << (type === "text" ? bit % 7 : bit % 8);
  if (type === "text") return digits.toString();
  return type === "bytea" ? `\\x${digits.toString("hex")}` : digits.toString("hex");
}

test.skipIf(server === null).each(columns)("any bit of $column of $table is found", async ({ table, column, type }) => {
  const { rows: kept } = await client.query<{ value: string }>(`select ${column}::text as value from volenti.${table} where ${column} is not null and ${column}::text not in ('', '\\x')`);
  expect(kept.length).toBeGreaterThan(0);
  await fc.assert(
    fc.asyncProperty(fc.nat(kept.length - 1), fc.nat(50_000), async (index, bit) => {
      const before = kept[index]!.value;
      const value = flip({ value: before, type, bit });
      fc.pre(!value.includes("\u0000"));
      const { rows: found } = await client.query<{ ctid: string }>(`select ctid::text from volenti.${table} where ${column}::text = $1 limit 1`, [before]);
      // What the server itself refuses (a doubled key, say) need not be found.
      const changed = await client.query<{ ctid: string }>(`update volenti.${table} set ${column} = $1::text::${type} where ctid = $2::tid returning ctid::text`, [value, found[0]!.ctid]).catch(() => null);
      fc.pre(changed !== null);
      const { valid } = await verify();
      await client.query(`update volenti.${table} set ${column} = $1::text::${type} where ctid = $2::tid`, [before, changed?.rows[0]?.ctid]);
      expect(valid, `${column} ${bit}`).toBe(false);
    }),
    { numRuns: 8 },
  );
});

test.skipIf(server === null)("all is well again afterwards", async () => {
  expect((await verify()).findings).toEqual([]);
});
