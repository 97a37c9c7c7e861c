import { randomUUID } from "node:crypto";
import { inspect } from "node:util";
import { afterAll, expect, test } from "vitest";
import type { ConnectorV1, Identifier, LedgerAnswerV1 } from "@volenti/core/adapter";
import { startPostgresql, type PostgresqlServer } from "../../../tools/test-support/start-postgresql.ts";
import { CATALOGUE, openStore } from "./support/open-store.ts";
import { queryDatabase } from "./support/query-database.ts";
import { queryFor } from "./support/query-for.ts";
import { makeBatch, makeItem, NOON } from "./support/sealed-items.ts";
import { createTestKeyring } from "./support/test-keyring.ts";

const server = await startPostgresql();
if (server === null) process.stderr.write("No PostgreSQL was found: the rights of its roles are not tested.\n");
afterAll(() => server?.stop());

const CANARIES = ["canary-given-name", "canary.mailbox", "+33199000042", "канарейка", "canary-street"];

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

async function consultCanary(store: ConnectorV1): Promise<LedgerAnswerV1 | undefined> {
  const identifiers: Identifier[] = [{ kind: "email", value: "canary.mailbox@example.com" }, { kind: "phone", value: "+33199000042" }];
  const [answer] = await store.ledger!.consult({ queries: [queryFor({ identifiers })] });
  return answer;
}

async function writeCanary(store: ConnectorV1): Promise<string> {
  const ref = (await consultCanary(store))?.ref ?? "";
  const profile = {
    givenName: "canary-given-name",
    familyName: "канарейка",
    email: "canary.mailbox@example.com",
    phoneNumber: "+33199000042",
    "address.streetAddress": "canary-street",
  };
  await store.intake.write(makeBatch([makeItem({ ref, profile, decisions: [{ channel: "email" }] })]));
  return ref;
}

test.skipIf(server === null)("a login that is only a writer collects, and can read no table", async () => {
  const url = await provision();
  const user = `collector_${randomUUID().slice(0, 8)}`;
  await queryDatabase({ url, statement: `create role ${user} login` });
  await queryDatabase({ url, statement: `grant volenti_writer to ${user}` });
  const writerUrl = found().urlFor({ databaseUrl: url, user });
  const store = openStore({ url: writerUrl });
  const ref = await writeCanary(store);
  expect((await consultCanary(store))?.ref).toBe(ref);
  const tables = await queryDatabase<{ name: string }>({
    url,
    statement: "select tablename as name from pg_tables where schemaname = 'volenti' and tablename not like 'migration' union all select viewname from pg_views where schemaname = 'volenti'",
  });
  expect(tables.length).toBeGreaterThan(12);
  for (const { name } of tables) {
    await expect(queryDatabase({ url: writerUrl, statement: `select * from volenti.${name}` })).rejects.toMatchObject({ code: "42501" });
    await expect(queryDatabase({ url: writerUrl, statement: `insert into volenti.${name} default values` })).rejects.toThrow();
  }
  await expect(store.profiles.get({ subjectRef: ref })).rejects.toMatchObject({ code: "forbidden" });
  await expect(store.erasure!.erase({ subjectRef: ref, reason: "subjectRequest", requestedAt: NOON })).rejects.toMatchObject({ code: "forbidden" });
  await store.close();
});

test.skipIf(server === null)("an auditor reads decisions and states, and nothing that a value could be read from", async () => {
  const url = await provision();
  const store = openStore({ url });
  await writeCanary(store);
  await store.close();
  const user = `auditor_${randomUUID().slice(0, 8)}`;
  await queryDatabase({ url, statement: `create role ${user} login` });
  await queryDatabase({ url, statement: `grant volenti_auditor to ${user}` });
  const auditorUrl = found().urlFor({ databaseUrl: url, user });
  const read = (statement: string) => queryDatabase<Record<string, unknown>>({ url: auditorUrl, statement });
  const [decision] = await read("select * from volenti.decision_v1");
  expect(Object.keys(decision ?? {})).toEqual([
    "decision_id", "subject_ref", "purpose", "purpose_version", "channel", "status", "notice_id", "notice_version",
    "notice_sha256", "occurred_at", "received_at", "effective_at", "recorded_at", "collection_point", "canonical", "hash",
  ]);
  expect(await read("select purpose, channel, state, since from volenti.consent_state_v1")).toEqual([
    { purpose: "marketing.email", channel: "email", state: "granted", since: new Date(NOON) },
  ]);
  for (const table of ["subject_key", "subject_lookup", "profile_attribute", "suppression", "submission"]) {
    await expect(read(`select * from volenti.${table}`)).rejects.toMatchObject({ code: "42501" });
  }
  await expect(read("update volenti.decision set status = 'refused'")).rejects.toMatchObject({ code: "42501" });
});

test.skipIf(server === null)("the view says of a channel that a purpose gained later what was said of every channel", async () => {
  const url = await provision();
  const before = openStore({ url });
  const [refused, granted] = [makeItem({ decisions: [{ status: "refused" }] }), makeItem({ decisions: [{ channel: "email" }] })];
  await before.intake.write(makeBatch([refused, granted]));
  await before.close();
  const [news, ...others] = CATALOGUE.purposes;
  const latest = { ...news!, version: "3", covers: ["2"], channels: ["email", "post"], sha256: "33".repeat(32) };
  const store = openStore({ url, catalogue: { ...CATALOGUE, purposes: [{ ...news!, current: false }, latest, ...others] } });
  const asked = makeItem({ decisions: [{ channel: "post", purposeVersion: "3", effectiveAt: NOON + 1 }], ref: refused.subject.ref });
  const read = (ref: string) =>
    queryDatabase({
      url,
      statement: "select channel, state, since from volenti.consent_state_v1 where subject_ref = $1 order by channel collate \"C\"",
      parameters: [ref],
    });
  // A consultation tells the store of the new version.
  await store.ledger!.consult({ queries: [queryFor({})] });
  expect(await read(refused.subject.ref)).toEqual(
    ["*", "email", "post", "sms"].map((channel) => ({ channel, state: "refused", since: new Date(NOON) })),
  );
  expect(await read(granted.subject.ref)).toEqual([{ channel: "email", state: "granted", since: new Date(NOON) }]);
  await store.intake.write(makeBatch([asked]));
  expect(await read(refused.subject.ref)).toContainEqual({ channel: "post", state: "granted", since: new Date(NOON + 1) });
  await store.close();
});

test.skipIf(server === null)("not even the owner can change or delete a decision", async () => {
  const url = await provision();
  const store = openStore({ url });
  await writeCanary(store);
  await store.close();
  for (const statement of ["update volenti.decision set status = 'refused'", "delete from volenti.decision"]) {
    await queryDatabase({ url, statement: `set role volenti_owner; ${statement}` });
  }
  expect(await queryDatabase({ url, statement: "select status from volenti.decision" })).toEqual([{ status: "given" }]);
});

test.skipIf(server === null)("no value of a person is in any table, in text or in bytes", async () => {
  const url = await provision();
  const store = openStore({ url });
  const ref = await writeCanary(store);
  expect((await store.profiles.get({ subjectRef: ref }))?.attributes["familyName"]?.value).toBe("канарейка");
  await store.close();
  const dump = await found().runProgram({ name: "pg_dump", databaseUrl: url, programArguments: ["--schema", "volenti"] });
  expect(dump).toContain(ref);
  for (const canary of CANARIES) {
    for (const form of [canary, Buffer.from(canary).toString("hex"), Buffer.from(canary).toString("base64")]) {
      expect(dump.toLowerCase().includes(form.toLowerCase())).toBe(false);
    }
  }
});

test.skipIf(server === null)("a value that was moved to another attribute is not read as if it belonged there", async () => {
  const url = await provision();
  const store = openStore({ url });
  const ref = await writeCanary(store);
  await queryDatabase({
    url,
    statement: "update volenti.profile_attribute set ciphertext = (select ciphertext from volenti.profile_attribute where name = 'email') where name = 'givenName'",
  });
  await expect(store.profiles.get({ subjectRef: ref })).rejects.toMatchObject({ code: "malformedResponse", fieldNames: ["givenName"] });
  await store.close();
});

test.skipIf(server === null)("after a rotation the person is still found and read, and new writes use the new keys", async () => {
  const url = await provision();
  const before = openStore({ url });
  const ref = await writeCanary(before);
  await before.close();
  const store = openStore({ url, keyring: createTestKeyring({ generation: "2", retired: ["1"] }) });
  expect((await consultCanary(store))?.ref).toBe(ref);
  expect(await store.profiles.find({ identifier: { kind: "phone", value: "+33199000042" } })).toBe(ref);
  expect((await store.profiles.get({ subjectRef: ref }))?.attributes["givenName"]?.value).toBe("canary-given-name");
  await store.erasure!.erase({ subjectRef: ref, reason: "subjectRequest", requestedAt: NOON });
  expect(await consultCanary(store)).toMatchObject({ suppressedSince: NOON, known: false });
  await store.close();
});

test.skipIf(server === null)("after a rotation nobody is doubled, and a suppression under the old key still bites", async () => {
  const url = await provision();
  const before = openStore({ url });
  const ref = await writeCanary(before);
  const gone: Identifier = { kind: "email", value: "gone@example.com" };
  const consultGone = async (store: ConnectorV1): Promise<LedgerAnswerV1 | undefined> =>
    (await store.ledger!.consult({ queries: [queryFor({ identifiers: [gone] })] }))[0];
  const goneRef = (await consultGone(before))?.ref ?? "";
  await before.intake.write(makeBatch([makeItem({ ref: goneRef, identifiers: [gone], decisions: [{ channel: "email" }] })]));
  await before.erasure!.erase({ subjectRef: goneRef, reason: "subjectRequest", requestedAt: NOON });
  await before.close();
  const store = openStore({ url, keyring: createTestKeyring({ generation: "2", retired: ["1"] }) });
  expect(await writeCanary(store)).toBe(ref);
  expect(await queryDatabase({ url, statement: "select ref from volenti.subject where erased_at is null" })).toEqual([{ ref }]);
  expect(await consultGone(store)).toMatchObject({ suppressedSince: NOON, known: false });
  await store.close();
  const without = openStore({ url, keyring: createTestKeyring({ generation: "2" }) });
  await expect(consultGone(without)).rejects.toMatchObject({ code: "invalidConfiguration", providerCode: "keyMissing" });
  await without.close();
});

test.skipIf(server === null)("errors hold codes, and no value of a person", async () => {
  const url = await provision();
  const store = openStore({ url });
  await queryDatabase({ url, statement: "alter table volenti.profile_attribute add constraint full_table check (name <> 'nickname')" });
  const [outcome] = await store.intake.write(makeBatch([makeItem({ profile: { nickname: "canary-given-name" } })]));
  expect(outcome).toMatchObject({ status: "failed", error: { code: "rejectedByProvider", providerCode: "23514" } });
  const shown = inspect(outcome, { depth: 10, showHidden: true }) + JSON.stringify(outcome);
  for (const canary of CANARIES) expect(shown).not.toContain(canary);
  await store.close();
});

test.skipIf(server === null)("whom the reader reads is looked up by ref, and nobody else is gone through, however many there are", async () => {
  const url = await provision();
  const sow = [
    "insert into volenti.subject (ref) select 'p' || lpad(i::text, 25, '0') from generate_series(1, 5000) i",
    "insert into volenti.subject_key select ref, gen_random_uuid(), 'k', 'a', '' from volenti.subject",
    "insert into volenti.subject_lookup select sha256(ref::bytea), 'email', 'k', ref, 'k', sha256(ref::bytea) from volenti.subject",
    "insert into volenti.profile_attribute select ref, 'email', '', 1, gen_random_uuid() from volenti.subject",
    "analyze",
  ];
  for (const statement of sow) await queryDatabase({ url, statement });
  const ref = `p${"4000".padStart(25, "0")}`;
  const user = `reader_${randomUUID().slice(0, 8)}`;
  await queryDatabase({ url, statement: `create role ${user} login in role volenti_reader` });
  const reads = [
    ["select * from volenti.subject_key where ref = $1", ref],
    ["select * from volenti.profile_attribute where ref = $1", ref],
    ["select * from volenti.subject_lookup where digest = sha256($1::text::bytea)", ref],
  ] as const;
  for (const [statement, parameter] of reads) {
    const request = { url: found().urlFor({ databaseUrl: url, user }), parameters: [parameter] };
    expect(await queryDatabase({ ...request, statement })).toHaveLength(1);
    const plan = await queryDatabase({ ...request, statement: `explain ${statement}` });
    expect(JSON.stringify(plan)).not.toContain("Seq Scan");
  }
  await queryDatabase({ url, statement: "update volenti.subject set erased_at = now() where ref = $1", parameters: [ref] });
  for (const [statement, parameter] of reads) {
    expect(await queryDatabase({ url: found().urlFor({ databaseUrl: url, user }), parameters: [parameter], statement })).toEqual([]);
  }
});
