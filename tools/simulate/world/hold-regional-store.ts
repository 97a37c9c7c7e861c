import { createDecipheriv } from "node:crypto";
import type { PGlite } from "@electric-sql/pglite";
import type { Keyring } from "@volenti/core";
import type { HeldDecision, HeldPerson, HeldState, HeldSystem } from "./held-system.ts";

/** The tables of a store as its owner sees them, since it was last looked at. */
export interface HeldStore extends HeldSystem {
  look(): Promise<void>;
}

interface AttributeRow {
  readonly ref: string;
  readonly name: string | null;
  readonly ciphertext: Uint8Array;
  readonly changed_at: string;
  readonly submission_id: string;
  readonly data_key_id: string;
  readonly key_id: string;
  readonly wrapped: Uint8Array;
}

const DECISIONS = `select ref as "subjectRef", decision_id as "decisionId", canonical, encode(hash, 'hex') as hash, encode(chain_link, 'hex') as link
  from volenti.decision order by ref, chain_position`;
const STATES = `select ref as "subjectRef", purpose, channel, decision_id as "decisionId", status, effective_at::text as "effectiveAt"
  from volenti.consent_state order by ref, purpose, channel`;
const ATTRIBUTES = `select s.ref, a.name, a.ciphertext, a.changed_at::text, a.submission_id, k.data_key_id, k.key_id, k.wrapped
  from volenti.subject s left join volenti.profile_attribute a on a.ref = s.ref and a.ciphertext is not null left join volenti.subject_key k on k.ref = s.ref
  order by s.ref, a.name`;
/** Algorithm, nonce, ciphertext, tag (ARCHITECTURE.md, formats). */
const [NONCE_AT, TEXT_AT, TAG_LENGTH] = [1, 13, 16];

export function holdRegionalStore(request: { id: string; database: PGlite; keyring: Keyring }): HeldStore {
  const { id, database, keyring } = request;
  let [decisions, states, people]: [readonly HeldDecision[], readonly HeldState[], readonly HeldPerson[]] = [[], [], []];
  return {
    id,
    keepsDecisions: true,
    profileOrder: "exact",
    listDecisions: () => decisions,
    listStates: () => states,
    listPeople: () => people,
    look: async () => {
      const stateRows = await database.query<Omit<HeldState, "effectiveAt"> & { effectiveAt: string }>(STATES);
      states = stateRows.rows.map((row) => ({ ...row, effectiveAt: Number(row.effectiveAt) }));
      decisions = (await database.query<HeldDecision>(DECISIONS)).rows;
      people = await readPeople({ rows: (await database.query<AttributeRow>(ATTRIBUTES)).rows, keyring });
    },
  };
}

async function readPeople(request: { rows: readonly AttributeRow[]; keyring: Keyring }): Promise<readonly HeldPerson[]> {
  const people: HeldPerson[] = [];
  for (const [subjectRef, rows] of Map.groupBy(request.rows, ({ ref }) => ref)) {
    const attributes: Record<string, unknown> = {};
    for (const row of rows) if (row.name !== null) attributes[row.name] = await decrypt({ row, keyring: request.keyring });
    people.push({ subjectRef, attributes });
  }
  return people;
}

async function decrypt(request: { row: AttributeRow; keyring: Keyring }): Promise<unknown> {
  const { row: { ref, name, ciphertext, changed_at: changedAt, submission_id: submissionId, data_key_id: dataKeyId, key_id: keyId, wrapped }, keyring } = request;
  const [dataKey] = await keyring.unwrap({ keys: [{ keyId, wrapped, context: `volenti-data-key-1|${ref}` }] });
  const decipher = createDecipheriv("aes-256-gcm", dataKey ?? new Uint8Array(0), ciphertext.subarray(NONCE_AT, TEXT_AT));
  decipher.setAAD(Buffer.from(JSON.stringify(["volenti-attribute-1", ref, name, dataKeyId, Number(changedAt), submissionId])));
  decipher.setAuthTag(ciphertext.subarray(-TAG_LENGTH));
  return JSON.parse(Buffer.concat([decipher.update(ciphertext.subarray(TEXT_AT, -TAG_LENGTH)), decipher.final()]).toString("utf8"));
}
