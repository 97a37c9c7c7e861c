import { createServer, type AddressInfo, type Socket } from "node:net";
import { Pool } from "pg";
import { afterAll, expect, test } from "vitest";
import type { ConnectorV1, Identifier, LedgerAnswerV1 } from "@volenti/core/adapter";
import { createRegionalStore } from "../src/index.ts";
import type { PostgresPool } from "../src/transport/postgres-pool.ts";
import { startPostgresql, type PostgresqlServer } from "../../../tools/test-support/start-postgresql.ts";
import { openStore } from "./support/open-store.ts";
import { queryDatabase } from "./support/query-database.ts";
import { queryFor } from "./support/query-for.ts";
import { emailOf, makeBatch, makeItem, randomRef } from "./support/sealed-items.ts";

const server = await startPostgresql();
if (server === null) process.stderr.write("No PostgreSQL was found: failures of its connections are not tested.\n");
afterAll(() => server?.stop());

const batch = () => makeBatch([makeItem({ decisions: [{ channel: "email" }] })]);

function found(): PostgresqlServer {
  if (server === null) throw new Error("no PostgreSQL");
  return server;
}

async function provision(): Promise<string> {
  const url = await found().createDatabase();
  const store = openStore({ url });
  await store.provisioning!.apply();
  await store.close();
  return url;
}

function poolFor(url: string): Pool {
  const pool = new Pool({ connectionString: url, max: 2, connectionTimeoutMillis: 5000, application_name: "app", keepAlive: false, allowExitOnIdle: true });
  pool.on("error", () => {});
  return pool;
}

test.skipIf(server === null)("a server that is not there is unavailable, on every read and write", async () => {
  const store = openStore({ url: "postgres://postgres@localhost/nowhere?host=/nonexistent.invalid" });
  const calls: (() => Promise<unknown>)[] = [
    () => store.intake.write(batch()),
    () => store.consent.getState({ subjectRef: randomRef(), purpose: "loyalty", channel: "*" }),
    () => store.profiles.get({ subjectRef: randomRef() }),
    () => store.checkConnection(),
  ];
  for (const call of calls) await expect(call()).rejects.toMatchObject({ code: "unavailable", retry: { kind: "afterDelay" } });
  await store.close();
});

test.skipIf(server === null)("a server that dies during a write leaves the outcome unknown, and the same write settles it", async () => {
  const url = await provision();
  const store = openStore({ url });
  await store.checkConnection();
  const same = batch();
  await store.intake.write(batch());
  // A lock keeps the write waiting until the server dies.
  const pool = poolFor(url);
  const blocker = await pool.connect();
  blocker.on("error", () => {});
  await blocker.query("begin", []);
  await blocker.query("lock table volenti.decision in access exclusive mode", []);
  const written = store.intake.write(same);
  const failed = expect(written).rejects.toMatchObject({ code: "outcomeUnknown", retry: { kind: "sameWriteOnly" } });
  await waitUntilBlocked(url);
  await found().crash();
  await failed;
  blocker.release(true);
  await pool.end();
  await found().restart();
  const [outcome] = await store.intake.write(same);
  expect(outcome?.status).toBe("written");
  await store.close();
});

async function waitUntilBlocked(url: string): Promise<void> {
  for (;;) {
    const waiting = await queryDatabase({ url, statement: "select from pg_stat_activity where application_name = 'volenti' and wait_event_type = 'Lock'" });
    if (waiting.length > 0) return;
  }
}

test.skipIf(server === null)("a write that waits is stopped by its signal, and by the time limit of the server", async () => {
  const url = await provision();
  const pool = poolFor(url);
  const blocker = await pool.connect();
  blocker.on("error", () => {});
  await blocker.query("begin", []);
  await blocker.query("lock table volenti.decision in access exclusive mode", []);
  const store = openStore({ url });
  const controller = new AbortController();
  const reason = new Error("stopped by the test");
  const aborted = expect(store.intake.write({ ...batch(), signal: controller.signal })).rejects.toBe(reason);
  await waitUntilBlocked(url);
  controller.abort(reason);
  await aborted;
  const impatient = openStore({ url, timeoutInMs: 1000 });
  await expect(impatient.intake.write(batch())).rejects.toMatchObject({ code: "timedOut", retry: { kind: "afterDelay" } });
  blocker.release(true);
  await pool.end();
  await Promise.all([store.close(), impatient.close()]);
});

async function consult(request: { store: ConnectorV1; identifiers: readonly Identifier[] }): Promise<LedgerAnswerV1 | undefined> {
  const { store, identifiers } = request;
  const [answer] = await store.ledger!.consult({ queries: [queryFor({ identifiers })] });
  return answer;
}

const KNOWN = emailOf("known");
const NEW = emailOf("new");

test.skipIf(server === null)("a consultation that meets an erasure waits for it, and links nothing to whoever is gone", async () => {
  const url = await provision();
  const store = openStore({ url });
  const subjectRef = (await consult({ store, identifiers: [KNOWN] }))?.ref ?? "";
  const pool = poolFor(url);
  const eraser = await pool.connect();
  await eraser.query("begin; set local role volenti_eraser", []);
  await eraser.query("select volenti.erase_v1($1, 'subjectRequest', 0)", [subjectRef]);
  const met = expect(consult({ store, identifiers: [KNOWN, NEW] })).rejects.toMatchObject({ code: "unavailable", retry: { kind: "afterDelay" } });
  await waitUntilBlocked(url);
  await eraser.query("commit", []);
  await met;
  eraser.release();
  await pool.end();
  const again = await consult({ store, identifiers: [KNOWN, NEW] });
  expect(again).toMatchObject({ known: false, states: [] });
  expect(again?.ref).not.toBe(subjectRef);
  await store.close();
});

test.skipIf(server === null)("an erasure that meets a consultation waits for it, and removes the link that it made", async () => {
  const url = await provision();
  const store = openStore({ url });
  const subjectRef = (await consult({ store, identifiers: [KNOWN] }))?.ref ?? "";
  const pool = poolFor(url);
  let askedToCommit = (): void => {};
  const isAtCommit = new Promise<void>((resolve) => (askedToCommit = resolve));
  let mayCommit = (): void => {};
  const commits = new Promise<void>((resolve) => (mayCommit = resolve));
  const slow = openStore({
    url,
    pool: {
      connect: async () => {
        const client = await pool.connect();
        let isConsulting = false;
        return {
          query: async (statement, parameters) => {
            if (statement === "commit" && isConsulting) {
              askedToCommit();
              await commits;
            }
            isConsulting = statement.includes("consult_v1");
            return client.query(statement, [...parameters]);
          },
          release: (destroy) => client.release(destroy),
        };
      },
    },
  });
  const linked = consult({ store: slow, identifiers: [KNOWN, NEW] });
  await isAtCommit;
  const erased = store.erasure!.erase({ subjectRef, reason: "subjectRequest", requestedAt: 0 });
  await waitUntilBlocked(url);
  mayCommit();
  expect((await linked)?.ref).toBe(subjectRef);
  expect(await erased).toContainEqual({ kind: "identifiers", outcome: "erased", count: 2 });
  expect(await store.profiles.find({ identifier: NEW })).toBeNull();
  await pool.end();
  await store.close();
});

test("a call that waits for a connection is stopped by its signal", async () => {
  const controller = new AbortController();
  const reason = new Error("stopped by the test");
  const silent: Socket[] = [];
  const listener = createServer((socket) => {
    socket.on("error", () => {}).once("data", () => {
      silent.push(socket);
      controller.abort(reason);
    });
  });
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  const { port } = listener.address() as AddressInfo;
  const store = openStore({ url: `postgres://postgres@127.0.0.1:${port}/none`, timeoutInMs: 600_000 });
  await expect(store.intake.write({ ...batch(), signal: controller.signal })).rejects.toBe(reason);
  // Answered while the server had not answered yet.
  for (const socket of silent) socket.destroy();
  await store.close();
  await new Promise((resolve) => listener.close(resolve));
});

test("a connection that comes after its caller gave up goes back to the pool, unused", async () => {
  const controller = new AbortController();
  const reason = new Error("stopped by the test");
  const asked = Promise.withResolvers<void>();
  const connected = Promise.withResolvers<Awaited<ReturnType<PostgresPool["connect"]>>>();
  const released = Promise.withResolvers<unknown>();
  const connect = (): typeof connected.promise => {
    asked.resolve();
    return connected.promise;
  };
  const store = openStore({ url: "postgres://postgres@127.0.0.1/none", pool: { connect } });
  const call = expect(store.intake.write({ ...batch(), signal: controller.signal })).rejects.toBe(reason);
  await asked.promise;
  controller.abort(reason);
  await call;
  connected.resolve({ query: () => expect.fail("nobody waits for an answer"), release: (isBroken) => released.resolve(isBroken) });
  expect(await released.promise).toBeUndefined();
  await store.close();
});

test("what a URL says of TLS does not undo `tls`", async () => {
  const requests: string[] = [];
  const listener = createServer((socket) => {
    socket.on("error", () => {}).once("data", (bytes) => {
      requests.push(bytes.toString("hex"));
      socket.destroy();
    });
  });
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  const { port } = listener.address() as AddressInfo;
  for (const parameters of ["sslmode=disable", "ssl=0", "application_name=x&ssl=false"]) {
    const store = openStore({ url: `postgres://postgres@127.0.0.1:${port}/none?${parameters}`, tls: {} });
    await expect(store.checkConnection()).rejects.toMatchObject({ code: "unavailable" });
    await store.close();
  }
  await new Promise((resolve) => listener.close(resolve));
  // SSLRequest: length 8, code 80877103. https://www.postgresql.org/docs/current/protocol-message-formats.html
  expect(requests).toEqual(Array(3).fill("0000000804d2162f"));
});

test.skipIf(server === null)("an application's own pool is used a transaction at a time, and left open and without a role", async () => {
  const url = await provision();
  const pool = poolFor(url);
  const store = openStore({ url, pool });
  const item = makeItem({ profile: { givenName: "Inès" }, decisions: [{ channel: "email" }] });
  expect((await store.intake.write(makeBatch([item])))[0]?.status).toBe("written");
  expect(await store.profiles.get({ subjectRef: item.subject.ref })).not.toBeNull();
  await store.close();
  const client = await pool.connect();
  expect((await client.query("select current_user::text as role", [])).rows).toEqual([{ role: "postgres" }]);
  client.release();
  await pool.end();
});

test.skipIf(server === null)("a pool of something else is a malformed answer or an error, never an empty one", async () => {
  const broken = { connect: () => Promise.resolve({ query: () => Promise.reject(new Error("no database here")), release: () => {} }) };
  const store = openStore({ url: "postgres://unused.example/none", pool: broken });
  await expect(store.consent.listStates({ subjectRef: randomRef() })).rejects.toMatchObject({ code: "unavailable" });
  await store.close();
});

test.skipIf(server === null)("a role, a database or a password that is wrong is told apart", async () => {
  const url = await provision();
  const nobody = openStore({ url: found().urlFor({ databaseUrl: url, user: "nobody_here" }) });
  await expect(nobody.checkConnection()).rejects.toMatchObject({ code: "unauthenticated" });
  const nowhere = openStore({ url: url.replace(/\/test_[0-9a-f]+/, "/nowhere") });
  await expect(nowhere.checkConnection()).rejects.toMatchObject({ code: "invalidConfiguration", providerCode: "3D000" });
  await Promise.all([nobody.close(), nowhere.close()]);
});

test.skipIf(server === null)("a value that a function of the server does not take refuses one write, and says nothing of the schema", async () => {
  const url = await provision();
  await queryDatabase({
    url,
    statement: `create function refuse_sms() returns trigger language plpgsql as $$ begin raise 'no' using errcode = 'invalid_parameter_value'; end $$;
      create trigger refuse_sms before insert on volenti.decision for each row when (new.channel = 'sms') execute function refuse_sms();`,
  });
  const items = [makeItem({ decisions: [{ channel: "email" }] }), makeItem({ decisions: [{ channel: "sms" }] })];
  const pool = poolFor(url);
  for (const store of [openStore({ url }), openStore({ url, pool })]) {
    const outcomes = await store.intake.write(makeBatch(items));
    expect(outcomes.map(({ status }) => status)).toEqual(["written", "failed"]);
    expect(outcomes[1]).toMatchObject({ error: { code: "rejectedByProvider", providerCode: "22023" } });
    await store.close();
  }
  await pool.end();
});

test("a closed store, and one that was never attached, say so", async () => {
  const store = openStore({ url: "postgres://localhost/none" });
  await store.close();
  await store.close();
  await expect(store.intake.write(batch())).rejects.toMatchObject({ code: "unavailable", providerCode: "closed" });
  const unattached = createRegionalStore({ url: "postgres://localhost/none", region: "FR" });
  await unattached.close();
  await expect(unattached.intake.write(batch())).rejects.toMatchObject({ code: "invalidConfiguration", providerCode: "notAttached" });
});

test("options that cannot work are refused when the store is made", () => {
  const production = { NODE_ENV: "production" };
  const codeOf = (options: Parameters<typeof createRegionalStore>[0]): unknown => {
    try {
      createRegionalStore(options);
      return null;
    } catch (error) {
      return (error as { providerCode?: unknown }).providerCode;
    }
  };
  expect(codeOf(JSON.parse('{ "region": "EU" }'))).toBe("required");
  expect(codeOf(JSON.parse('{ "region": "EU", "url": null }'))).toBe("wrongType");
  expect(codeOf({ url: "file:./100%", region: "EU" })).toBe("invalidUrl");
  expect(codeOf({ url: "mysql://localhost/x", region: "EU" })).toBe("unknownUrlScheme");
  expect(codeOf({ url: "postgres://localhost/x", region: "Europe" })).toBe("invalidRegion");
  expect(codeOf({ url: "postgres://localhost/x", region: "EU", timeoutInMs: 0 })).toBe("outOfRange");
  expect(codeOf({ url: "postgres://localhost/x", region: "EU", timeoutInMs: 2_147_483_648 })).toBe("outOfRange");
  expect(codeOf({ url: "file:./data", region: "EU", environment: production })).toBe("embeddedInProduction");
  expect(codeOf({ url: "file:./data", region: "EU", environment: production, allowEmbeddedInProduction: true })).toBeNull();
  expect(codeOf({ url: "postgres://localhost/x", region: "EU", environment: production })).toBeNull();
});
