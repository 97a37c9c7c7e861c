import { randomUUID } from "node:crypto";
import { ConnectorError, type ConnectorV1, type Keyring } from "@volenti/core/adapter";
import fc from "fast-check";
import { Pool } from "pg";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { hostileJson, hostileText } from "../../../tools/test-support/hostile/hostile-values.ts";
import { findMarker, MARKER } from "../../../tools/test-support/hostile/marker.ts";
import { fuzzRuns, survive } from "../../../tools/test-support/hostile/survive.ts";
import { collectAll } from "./support/collect-all.ts";
import { findHome, openStore, type StoreHome } from "./support/open-store.ts";
import { queryFor } from "./support/query-for.ts";
import { emailOf, makeBatch, makeItem, NOON } from "./support/sealed-items.ts";
import { createTestKeyring } from "./support/test-keyring.ts";

vi.setConfig({ testTimeout: fuzzRuns(180_000) });

/** As a text that PostgreSQL can hold. */
const text = hostileText.map((value) => value.replaceAll("\0", "").toWellFormed().slice(0, 2000));
const bytes = fc.oneof(fc.uint8Array({ maxLength: 64 }), fc.constantFrom(1, 2, 255).chain((version) => fc.uint8Array({ minLength: 40, maxLength: 80 }).map((rest) => Uint8Array.of(version, ...rest)))).map((value) => Buffer.from(value));
const whole = fc.constantFrom("0", "-1", "1", "9007199254740993", "9223372036854775807", "-9223372036854775808", "8640000000000001");
const instant = fc.constantFrom("infinity", "-infinity", "0044-03-15 BC", "294276-01-01", "1970-01-01");
const texts = fc.array(text, { maxLength: 3 });
const uuid = fc.uuid();

/** What of a person's rows is spoiled: by somebody at the database, or a disk. `by`: the column that names the person. */
const COLUMNS: readonly (readonly [table: string, by: string, column: string, hostile: fc.Arbitrary<unknown>])[] = [
  ["profile_attribute", "ref", "ciphertext", bytes],
  ["profile_attribute", "ref", "name", text],
  ["profile_attribute", "ref", "changed_at", whole],
  ["profile_attribute", "ref", "submission_id", uuid],
  ["subject_key", "ref", "wrapped", bytes],
  ["subject_key", "ref", "key_id", text],
  ["subject_key", "ref", "algorithm", text],
  ["subject_key", "ref", "data_key_id", uuid],
  ["consent_state", "ref", "status", text],
  ["consent_state", "ref", "effective_at", whole],
  ["consent_state", "ref", "valid_until", whole],
  ["consent_state", "ref", "purpose_version", text],
  ["consent_state", "ref", "channel", text],
  ["consent_state", "ref", "recipients", texts],
  ["decision", "ref", "canonical", fc.oneof(text, hostileJson.map((value) => value.replaceAll("\0", "").toWellFormed()))],
  ["decision", "ref", "hash", bytes],
  ["decision", "ref", "chain_link", bytes],
  ["decision", "ref", "chain_position", whole],
  ["decision", "ref", "status", text],
  ["decision", "ref", "occurred_at", instant],
  ["decision", "ref", "recorded_at", instant],
  ["decision", "ref", "notice_sha256", bytes],
  ["hold", "ref", "scope", texts],
  ["hold", "ref", "until", whole],
  ["hold", "ref", "set_at", whole],
  ["access_log", "subject_ref", "at", whole],
  ["access_log", "subject_ref", "attributes", texts],
  ["access_log", "subject_ref", "operation", text],
  ["rights_request", "subject_ref", "document", hostileJson.map((value) => value.toWellFormed())],
  ["rights_request", "subject_ref", "due_at", whole],
  ["subject", "ref", "recorded_at", instant],
];

/** The keyring of the tests, which refuses as a keyring has to. */
function createKeyring(): Keyring {
  const keyring = createTestKeyring();
  const refuse = (): never => {
    throw new ConnectorError({ code: "invalidInput", connectorId: "testKeyring", operation: "unwrap" });
  };
  return { ...keyring, unwrap: async (request) => Promise.resolve(request).then((given) => keyring.unwrap(given)).catch(refuse) };
}

let home: StoreHome;
beforeAll(async () => {
  home = await findHome("postgresql");
});
afterAll(async () => home?.end());

async function signUp(request: { store: ConnectorV1; mailbox: string }): Promise<string> {
  const { store, mailbox } = request;
  const identifiers = [emailOf(mailbox)];
  const [answer] = (await store.ledger?.consult({ queries: [queryFor({ identifiers })] })) ?? [];
  if (answer === undefined) throw new Error("the store is no ledger");
  const subjectRef = answer.ref;
  await store.intake.write(makeBatch([makeItem({ ref: subjectRef, identifiers, profile: { givenName: MARKER, "address.locality": MARKER }, decisions: [{ channel: "email" }] })]));
  await store.custody?.setHold({ subjectRef, hold: { holdId: randomUUID(), scope: ["*"], law: "CGI art. 102 B", reason: "invoices", until: null, setAt: NOON } });
  await store.custody?.recordAccesses({ accesses: [{ accessId: randomUUID(), at: NOON, subjectRef, operation: "show", actor: "agent", reason: "call", attributes: ["email"], recipient: null }] });
  await store.custody?.saveRightsRequest({ rightsRequest: { requestId: randomUUID(), revision: 1, kind: "access", state: "open", isOpen: true, subjectRef, dueAt: NOON, document: { state: "open" } }, expectedRevision: null });
  return subjectRef;
}

/** Everything that reads of one person, each on its own: one that refuses keeps none of the others from answering. */
function readersOf(request: { store: ConnectorV1; subjectRef: string; mailbox: string }): readonly (readonly [name: string, read: () => Promise<unknown>])[] {
  const { store, subjectRef, mailbox } = request;
  const { ledger, custody, consentHistory, overview, population, profiles, consent, intake, erasure } = store;
  if (ledger === undefined || custody === undefined || consentHistory === undefined || overview === undefined || population === undefined || erasure === undefined) throw new Error("the store lacks a facet");
  const identifiers = [emailOf(mailbox)];
  return [
    ["profiles.get", () => profiles.get({ subjectRef })],
    ["consent.getState", () => consent.getState({ subjectRef, purpose: "marketing.email", channel: "email" })],
    ["consent.listStates", () => consent.listStates({ subjectRef })],
    ["consentHistory.listDecisions", () => collectAll(consentHistory.listDecisions({ subjectRef }))],
    ["overview.read", () => overview.read({ name: { subjectRef } })],
    ["ledger.consult", () => ledger.consult({ queries: [queryFor({ identifiers })] })],
    ["custody.listHolds", () => custody.listHolds({ subjectRef })],
    ["custody.listAccesses", () => collectAll(custody.listAccesses({ subjectRef }))],
    ["custody.listRightsRequests", () => collectAll(custody.listRightsRequests({ subjectRef }))],
    ["population.listPeople", () => collectAll(population.listPeople({}))],
    ["intake.write", () => intake.write(makeBatch([makeItem({ ref: subjectRef, identifiers, profile: { givenName: `${MARKER}2` }, decisions: [{ channel: "sms" }] })]))],
    ["erasure.erase", () => erasure.erase({ subjectRef, reason: "subjectRequest", requestedAt: NOON })],
  ];
}

/** A spoiled state that permits what nobody gave would be the worst of all answers. */
const MAY_PERMIT: ReadonlySet<string> = new Set(["given", "renewed", "confirmed"]);

test("a row that was spoiled is answered or refused by a code: no crash, no hang, and nothing of it in an error", async (context) => {
  if (home.kind !== "postgresql") return context.skip("no PostgreSQL is installed");
  const url = await home.makeStoreUrl();
  const store = openStore({ url });
  const pool = new Pool({ connectionString: url, max: 1 });
  pool.on("error", () => undefined);
  const refused = new Set<string>();
  let number = 0;
  context.onTestFinished(async () => {
    await pool.end();
    await store.close();
  });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...COLUMNS).chain(([table, by, column, hostile]) => hostile.map((value) => ({ table, by, column, value }))), async ({ table, by, column, value }) => {
      const mailbox = `${MARKER.slice(1)}${(number += 1)}`;
      const subjectRef = await signUp({ store, mailbox });
      // One row alone; a value that the table itself refuses spoils nothing.
      const statement = `update volenti.${table} set ${column} = $1 where ctid = (select ctid from volenti.${table} where ${by} = $2 limit 1)`;
      const isSpoiled = await pool.query(statement, [value, subjectRef]).then(({ rowCount }) => rowCount === 1, () => false);
      // Another process, which remembers nothing of the person.
      const reader = openStore({ url, keyring: createKeyring() });
      for (const [name, read] of isSpoiled ? readersOf({ store: reader, subjectRef, mailbox }) : []) {
        const { error, answer } = await survive({ run: read, isOurs: ConnectorError.isInstance, mayName: column === "name" });
        if (error !== null) refused.add(`${table}.${column}`);
        if (name === "intake.write") expect(findMarker(answer)).toBeNull();
        if (name === "consent.getState" && `${table}.${column}` === "consent_state.status" && answer !== null) expect(MAY_PERMIT.has((answer as { status: string }).status)).toBe(false);
      }
      await reader.close();
      for (const clean of ["rights_request where subject_ref", "access_log where subject_ref", "hold where ref", "decision where ref", "consent_state where ref", "profile_attribute where ref"]) {
        await pool.query(`delete from volenti.${clean} = $1`, [subjectRef]).catch(() => null);
      }
    }),
    { numRuns: fuzzRuns(60) },
  );
  expect(refused.size).toBeGreaterThan(3);
});
