import { createDecipheriv } from "node:crypto";
import { createTestKeyring, type ConformanceFaults, type ConformanceHarness, type ConformanceProbe } from "@volenti/conformance";
import type { ConsentState, JsonValue, Keyring } from "@volenti/core/adapter";
import { createRegionalStore } from "../../src/index.ts";
import type { PostgresqlServer } from "../../../../tools/test-support/start-postgresql.ts";
import { startDatabaseProxy, type DatabaseProxy } from "./database-proxy.ts";
import { queryDatabase } from "./query-database.ts";

/** Runs the kit against a PostgreSQL: the probe reads it with plain SQL, the faults are those of the network between. */
export async function createStoreHarness(server: PostgresqlServer): Promise<ConformanceHarness> {
  const databaseUrl = await server.createDatabase();
  const proxy = await startDatabaseProxy({ databaseUrl });
  const keyring = createTestKeyring();
  return {
    name: "regional-store (PostgreSQL)",
    connect: () => createRegionalStore({ url: proxy.url, region: "EU" }),
    probe: createProbe({ server, databaseUrl, proxy, keyring }),
    faults: createFaults({ databaseUrl, proxy }),
    context: { keyring },
    dispose: () => proxy.close(),
  };
}

interface AttributeRow {
  readonly name: string;
  readonly ciphertext: Buffer | null;
  readonly changed_at: string;
  readonly submission_id: string;
  readonly data_key_id: string;
  readonly key_id: string;
  readonly wrapped: Buffer;
}

function createProbe(request: {
  server: PostgresqlServer;
  databaseUrl: string;
  proxy: DatabaseProxy;
  keyring: Keyring;
}): ConformanceProbe {
  const { server, databaseUrl, proxy, keyring } = request;
  const read = <Row>(statement: string, subjectRef: string): Promise<Row[]> =>
    queryDatabase<Row>({ url: databaseUrl, statement, parameters: [subjectRef] });
  const count = async (statement: string, subjectRef: string): Promise<number> => (await read(statement, subjectRef)).length;
  return {
    holdsPerson: async ({ subjectRef }) => (await count("select from volenti.subject where ref = $1 and erased_at is null", subjectRef)) > 0,
    listDecisions: ({ subjectRef }) =>
      read(
        `select decision_id as "decisionId", canonical, encode(hash, 'hex') as hash from volenti.decision where ref = $1 order by chain_position`,
        subjectRef,
      ),
    listStates: async ({ subjectRef }) => {
      const rows = await read<Omit<ConsentState, "effectiveAt"> & { effectiveAt: string }>(
        `select purpose, channel, decision_id as "decisionId", status, effective_at as "effectiveAt" from volenti.consent_state where ref = $1`,
        subjectRef,
      );
      return rows.map((row) => ({ ...row, effectiveAt: Number(row.effectiveAt) }));
    },
    readAttributes: async ({ subjectRef }) => {
      const rows = await read<AttributeRow>(
        "select a.*, k.data_key_id, k.key_id, k.wrapped from volenti.profile_attribute a left join volenti.subject_key k using (ref) where ref = $1",
        subjectRef,
      );
      const readable = rows.filter(({ ciphertext }) => ciphertext !== null);
      return Object.fromEntries(await Promise.all(readable.map(async (row) => [row.name, await decrypt({ row, subjectRef, keyring })] as const)));
    },
    countLinks: ({ subjectRef }) => count("select from volenti.subject_lookup where ref = $1", subjectRef),
    dump: () => server.runProgram({ name: "pg_dump", databaseUrl, programArguments: ["--schema", "volenti", "--data-only"] }),
    countConnections: () => proxy.countConnections(),
  };
}

async function decrypt(request: { row: AttributeRow; subjectRef: string; keyring: Keyring }): Promise<JsonValue> {
  const { row, subjectRef, keyring } = request;
  const blob = row.ciphertext ?? Buffer.alloc(0);
  const [dataKey] = await keyring.unwrap({
    keys: [{ keyId: row.key_id, wrapped: new Uint8Array(row.wrapped), context: `volenti-data-key-1|${subjectRef}` }],
  });
  const decipher = createDecipheriv("aes-256-gcm", dataKey ?? new Uint8Array(0), blob.subarray(1, 13));
  decipher.setAAD(
    Buffer.from(JSON.stringify(["volenti-attribute-1", subjectRef, row.name, row.data_key_id, Number(row.changed_at), row.submission_id])),
  );
  decipher.setAuthTag(blob.subarray(-16));
  return JSON.parse(Buffer.concat([decipher.update(blob.subarray(13, -16)), decipher.final()]).toString("utf8")) as JsonValue;
}

const REFUSED_TABLES = ["decision", "consent_state", "profile_attribute"];

function createFaults(request: { databaseUrl: string; proxy: DatabaseProxy }): ConformanceFaults {
  const { databaseUrl, proxy } = request;
  let isRefusing = false;
  const run = async (statement: string): Promise<void> => {
    await queryDatabase({ url: databaseUrl, statement });
  };
  return {
    clear: async () => {
      await proxy.fail(null);
      if (isRefusing) await run(REFUSED_TABLES.map((table) => `drop trigger refuse on volenti.${table}`).join("; "));
      isRefusing = false;
    },
    unavailable: () => proxy.fail("unavailable"),
    dropAfterApply: () => proxy.fail("dropAfterApply"),
    dropBeforeApply: () => proxy.fail("dropBeforeApply"),
    stalled: () => proxy.fail("stalled"),
    refuseSubject: async ({ subjectRef }) => {
      if (!/^[a-z2-7]+$/.test(subjectRef)) throw new TypeError("not a ref");
      isRefusing = true;
      await run(`create or replace function public.refuse() returns trigger language plpgsql as $body$
        begin
          if new.ref = '${subjectRef}' then raise exception using errcode = '23514'; end if;
          return new;
        end $body$`);
      for (const table of REFUSED_TABLES) {
        await run(`create trigger refuse before insert or update on volenti.${table} for each row execute function public.refuse()`);
      }
    },
  };
}
