import { afterAll, expect, test } from "vitest";
import { startPostgresql, type PostgresqlServer } from "../../../tools/test-support/start-postgresql.ts";
import { openStore, CATALOGUE } from "./support/open-store.ts";
import { queryDatabase } from "./support/query-database.ts";
import { makeBatch, makeItem, randomRef } from "./support/sealed-items.ts";
import { createTestKeyring } from "./support/test-keyring.ts";

const server = await startPostgresql();
if (server === null) process.stderr.write("No PostgreSQL was found: provisioning of servers is not tested.\n");

const codesOf = async (store: ReturnType<typeof openStore>): Promise<string[]> =>
  (await store.checkConnection()).findings.map(({ code }) => code).filter((code) => code !== "durabilityNone");

function found(): PostgresqlServer {
  if (server === null) throw new Error("no PostgreSQL");
  return server;
}

afterAll(() => server?.stop());

test.skipIf(server === null)("a plan changes nothing, is applied once, and is empty afterwards", async () => {
  const url = await found().createDatabase();
  const store = openStore({ url });
  const plan = await store.provisioning!.plan();
  expect(plan.length).toBeGreaterThan(1);
  expect(plan.every(({ statement }) => (statement ?? "").length > 0)).toBe(true);
  expect(await store.provisioning!.plan()).toEqual(plan);
  expect(await store.provisioning!.apply()).toEqual(plan);
  expect(await store.provisioning!.apply()).toEqual([]);
  expect(await store.provisioning!.plan()).toEqual([]);
  expect(await codesOf(store)).toEqual([]);
  await store.close();
});

test.skipIf(server === null)("an administrator who runs the plan by hand leaves nothing to apply", async () => {
  const url = await found().createDatabase();
  const store = openStore({ url });
  for (const { statement } of await store.provisioning!.plan()) await queryDatabase({ url, statement: statement ?? "" });
  expect(await store.provisioning!.plan()).toEqual([]);
  expect(await codesOf(store)).toEqual([]);
  await store.close();
});

test.skipIf(server === null)("those who race apply every step exactly once, on one database and on several of one server", async () => {
  const urls = await Promise.all([found().createDatabase(), found().createDatabase()]);
  const stores = urls.flatMap((url) => [openStore({ url }), openStore({ url }), openStore({ url })]);
  const applied = await Promise.all(stores.map((store) => store.provisioning!.apply()));
  for (const offset of [0, 3]) {
    const ids = applied.slice(offset, offset + 3).flatMap((steps) => steps.map(({ id }) => id)).filter((id) => id !== "0000-bootstrap");
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toHaveLength(20);
  }
  await Promise.all(stores.map((store) => store.close()));
});

test.skipIf(server === null)("a login that may create roles and schemas provisions and collects without being superuser", async () => {
  const url = await found().createDatabase();
  await queryDatabase({ url, statement: "create role installer login createrole" });
  await queryDatabase({ url, statement: `grant create on database ${new URL(url).pathname.slice(1)} to installer` });
  // The roles of the server stand already, made by somebody else: their members are his to name.
  const first = openStore({ url });
  await first.provisioning!.plan();
  await first.close();
  const store = openStore({ url: found().urlFor({ databaseUrl: url, user: "installer" }) });
  await store.provisioning!.apply();
  const [outcome] = await store.intake.write(makeBatch([makeItem({ decisions: [{ channel: "email" }] })]));
  expect(outcome?.status).toBe("written");
  await store.close();
});

test.skipIf(server === null)("a store that is not provisioned says so, and takes nothing", async () => {
  const store = openStore({ url: await found().createDatabase() });
  expect(await codesOf(store)).toContain("notProvisioned");
  await expect(store.intake.write(makeBatch([makeItem({ decisions: [{ channel: "email" }] })]))).rejects.toMatchObject({
    code: "invalidConfiguration",
    providerCode: "notProvisioned",
  });
  await store.close();
});

test.skipIf(server === null)("a role that the server lacks is told as not provisioned, under either way of pooling", async () => {
  const unprovisioned = await startPostgresql();
  if (unprovisioned === null) throw new Error("no PostgreSQL");
  try {
    for (const poolingMode of ["session", "transaction"] as const) {
      const store = openStore({ url: await unprovisioned.createDatabase(), poolingMode });
      await expect(store.profiles.get({ subjectRef: randomRef() })).rejects.toMatchObject({ code: "invalidConfiguration", providerCode: "notProvisioned" });
      await store.close();
    }
  } finally {
    await unprovisioned.stop();
  }
});

test.skipIf(server === null)("a store that an earlier version provisioned says that it needs an upgrade, and works after it", async () => {
  const url = await found().createDatabase();
  const store = openStore({ url });
  for (const { id, statement } of await store.provisioning!.plan()) {
    if (id < "0008") await queryDatabase({ url, statement: statement ?? "" });
  }
  const subjectRef = randomRef();
  const calls: Readonly<Record<string, () => Promise<unknown>>> = {
    "a function": () => store.overview!.read({ name: { subjectRef } }),
    "a table": () => store.checkpoints!.findCheckpoint({}),
    "a column": () => store.custody!.getRestriction({ subjectRef }),
  };
  for (const [missing, call] of Object.entries(calls)) {
    await expect(call(), missing).rejects.toMatchObject({ code: "invalidConfiguration", providerCode: "schemaOutdated" });
  }
  expect(await codesOf(store)).toEqual(["schemaOutdated"]);
  await store.provisioning!.apply();
  expect(await codesOf(store)).toEqual([]);
  for (const [missing, call] of Object.entries(calls)) await expect(call(), missing).resolves.toBeDefined();
  await store.close();
});

test.skipIf(server === null)("a schema that somebody changed is reported as drift", async () => {
  const url = await found().createDatabase();
  const store = openStore({ url });
  await store.provisioning!.apply();
  await queryDatabase({ url, statement: "alter table volenti.decision no force row level security" });
  expect(await codesOf(store)).toEqual(["rowSecurityOff", "migrationDrift"]);
  await queryDatabase({ url, statement: "update volenti.migration set sha256 = '\\x00' where id = '0001-tables'" });
  await expect(store.provisioning!.apply()).rejects.toMatchObject({ code: "versionMismatch", providerCode: "migrationDrift" });
  await store.close();
});

test.skipIf(server === null)("a right, a trigger, a setting or a policy that somebody changed is reported as drift", async () => {
  const url = await found().createDatabase();
  const store = openStore({ url });
  await store.provisioning!.apply();
  const eraser = "function volenti.erase_v1(text, text, bigint)";
  const changes = [
    { change: "grant select on volenti.decision to public", undo: "revoke select on volenti.decision from public" },
    { change: `grant execute on ${eraser} to volenti_writer`, undo: `revoke execute on ${eraser} from volenti_writer` },
    { change: `alter ${eraser} set jit = on`, undo: `alter ${eraser} set jit = off` },
    { change: "alter policy auditor_reads on volenti.head to public", undo: "alter policy auditor_reads on volenti.head to volenti_auditor" },
    { change: "create rule nothing as on insert to volenti.decision do instead nothing", undo: "drop rule nothing on volenti.decision" },
    {
      change: "create trigger nothing before update on volenti.decision for each row execute function suppress_redundant_updates_trigger()",
      undo: "drop trigger nothing on volenti.decision",
    },
  ];
  for (const { change, undo } of changes) {
    await queryDatabase({ url, statement: change });
    expect([change, await codesOf(store)]).toEqual([change, ["migrationDrift"]]);
    await queryDatabase({ url, statement: undo });
    expect([undo, await codesOf(store)]).toEqual([undo, []]);
  }
  await store.close();
});

test.skipIf(server === null)("a purpose that changed under its version, and a key that is gone, stop the first write", async () => {
  const url = await found().createDatabase();
  const store = openStore({ url });
  await store.provisioning!.apply();
  await store.intake.write(makeBatch([makeItem({ decisions: [{ channel: "email" }] })]));
  await store.close();
  const [first, ...others] = CATALOGUE.purposes;
  const changed = openStore({ url, catalogue: { ...CATALOGUE, purposes: [{ ...first!, sha256: "99".repeat(32) }, ...others] } });
  await expect(changed.intake.write(makeBatch([makeItem({ decisions: [{ channel: "email" }] })]))).rejects.toMatchObject({
    code: "invalidConfiguration",
    providerCode: "catalogueChanged",
    fieldNames: ["marketing.email@2"],
  });
  expect(await codesOf(changed)).toEqual(["catalogueChanged"]);
  await changed.close();
  const withoutKeys = openStore({ url, keyring: createTestKeyring({ generation: "2" }) });
  await expect(withoutKeys.intake.write(makeBatch([makeItem({ decisions: [{ channel: "email" }] })]))).rejects.toMatchObject({
    code: "invalidConfiguration",
    providerCode: "keyMissing",
  });
  expect(await codesOf(withoutKeys)).toEqual(["keyMissing"]);
  await withoutKeys.close();
});
