import { ConnectorError, type JsonValue, type Keyring, type ProfilesFacetV1, type StoredProfileV1 } from "@volenti/core/adapter";
import { decryptAttribute } from "../encryption/attribute-cipher.ts";
import { openDataKeys, type OpenedDataKey, type WrappedDataKey } from "../encryption/wrapped-data-key.ts";
import { CONNECTOR_ID } from "../error/map-postgres-error.ts";
import { digestIdentifiers } from "../ledger/digest-identifiers.ts";
import type { StoreParts } from "../store-parts.ts";
import { STATEMENTS } from "../transport/statements.ts";

export interface ProfileRow {
  readonly held: boolean;
  readonly key: WrappedDataKey | null;
  readonly attributes: readonly AttributeRow[] | null;
}

type AttributeRow = readonly [name: string, ciphertext: string | null, changedAt: number, submissionId: string];

/** Reads and decrypts profiles: the one place where ciphertext becomes a value again. Runs as the reader. */
export function createProfiles(request: { parts: () => StoreParts }): ProfilesFacetV1 {
  return {
    get: async ({ subjectRef }) => {
      const parts = request.parts();
      const row = (await parts.sessions.run({
        operation: "profiles.get",
        role: "reader",
        statement: STATEMENTS.getProfile,
        parameters: [subjectRef],
        effect: "read",
      })) as ProfileRow;
      return openProfile({ subjectRef, row, keyring: parts.context.keyring });
    },
    find: async ({ identifier }) => {
      const { context, keys, sessions } = request.parts();
      const [digests] = await digestIdentifiers({ identifiers: [identifier], controllerId: context.controllerId, keys, operation: "profiles.find" });
      const refs = (await sessions.run({
        operation: "profiles.find",
        role: "reader",
        statement: STATEMENTS.find,
        parameters: [JSON.stringify(digests === undefined ? [] : [digests.digest, ...digests.older])],
        effect: "read",
      })) as readonly string[];
      if (refs.length > 1) throw new ConnectorError({ code: "conflict", connectorId: CONNECTOR_ID, operation: "profiles.find", recordIds: refs });
      return refs[0] ?? null;
    },
  };
}

/** Null where the person is not held, or nothing was ever kept of them. */
export async function openProfile(request: { subjectRef: string; row: ProfileRow; keyring: Keyring }): Promise<StoredProfileV1 | null> {
  const { subjectRef, row: { held, key, attributes: rows }, keyring } = request;
  if (!held || rows === null) return null;
  const opened = key === null ? undefined : (await openDataKeys({ keys: [{ ref: subjectRef, stored: key }], keyring }))[0];
  return readProfile({ subjectRef, rows, opened });
}

function readProfile(request: {
  subjectRef: string;
  rows: readonly AttributeRow[];
  opened: OpenedDataKey | undefined;
}): StoredProfileV1 {
  const { subjectRef, rows, opened } = request;
  const attributes = rows.flatMap(([name, ciphertext, changedAt, submissionId]) => {
    if (ciphertext === null) return [];
    const value = readValue({ ciphertext, opened, place: { ref: subjectRef, name, changedAt, submissionId } });
    return [[name, { value, changedAt }] as const];
  });
  return { subjectRef, attributes: Object.fromEntries(attributes) };
}

function readValue(request: {
  ciphertext: string;
  opened: OpenedDataKey | undefined;
  place: { ref: string; name: string; changedAt: number; submissionId: string };
}): JsonValue {
  const { ciphertext, opened, place } = request;
  try {
    if (opened === undefined) throw new TypeError("the person has no data key");
    const { dataKey, stored } = opened;
    return decryptAttribute({ blob: Buffer.from(ciphertext, "hex"), dataKey, place: { ...place, dataKeyId: stored.dataKeyId } });
  } catch (cause) {
    throw new ConnectorError({
      code: "malformedResponse",
      connectorId: CONNECTOR_ID,
      operation: "profiles.get",
      providerCode: "notDecryptable",
      fieldNames: [place.name],
      cause,
    });
  }
}
