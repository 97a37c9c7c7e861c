import { ConnectorError, type Keyring, type RewrappingFacetV1, type WrappedCountV1 } from "@volenti/core/adapter";
import { CONNECTOR_ID } from "../error/map-postgres-error.ts";
import type { StoreParts } from "../store-parts.ts";
import { STATEMENTS } from "../transport/statements.ts";
import { openReadableKeys, type OpenedPersonKey } from "./open-readable-keys.ts";
import { wrapDataKeys } from "./wrapped-data-key.ts";

const OPERATION = "rewrapping.rewrapPage";
// A key service is asked for no more at once than a write asks for.
const PAGE_LENGTH = 500;

type CountRow = readonly [keyId: string, dataKeys: number];

interface PageRow {
  readonly looked: number;
  /** Null where nobody is left. */
  readonly last: string | null;
  readonly keys: readonly (readonly [ref: string, dataKeyId: string, keyId: string, wrapped: string])[];
}

interface CurrentKeys {
  readonly activeKeyId: string | undefined;
  readonly retiredKeyIds: readonly string[];
}

/** Data keys wrapped anew: a look, two calls of the keyring and a change a page. Runs as the eraser, who alone may replace a key. */
export function createRewrapping(request: { parts: () => StoreParts }): RewrappingFacetV1 {
  return {
    countWrapped: async ({ signal }) => {
      const { sessions } = request.parts();
      // Every role may count: with the rights of the login itself.
      const rights = { role: "login", effect: "read" } as const;
      const rows = await sessions.run({ operation: "rewrapping.countWrapped", ...rights, statement: STATEMENTS.countWrapped, parameters: [], signal });
      return toCounts(rows as readonly CountRow[]);
    },
    rewrapPage: async ({ after, signal }) => {
      const parts = request.parts();
      const { keyring } = parts.context;
      const current = await readCurrentKeys(keyring);
      const page = (await parts.sessions.run({
        operation: OPERATION,
        role: "eraser",
        statement: STATEMENTS.listWrapped,
        parameters: [JSON.stringify(current.retiredKeyIds), after ?? "", PAGE_LENGTH],
        effect: "read",
        signal,
      })) as PageRow;
      const keys = page.keys.map(([ref, dataKeyId, keyId, wrapped]) => ({ ref, stored: { dataKeyId, keyId, wrapped } }));
      const { readable, unreadable } = await openReadableKeys({ keys, keyring });
      const rewrapped = await replaceKeys({ parts, keys: readable, current, signal });
      const next = page.looked < PAGE_LENGTH ? null : page.last;
      return { next, looked: page.looked, rewrapped, unreadable: countKeys(unreadable.map(({ stored }) => stored.keyId)) };
    },
  };
}

/** Asked before each page: a rotation in the middle of a run is followed. */
async function readCurrentKeys(keyring: Keyring): Promise<CurrentKeys> {
  const keys = (await keyring.describe()).filter(({ kind }) => kind === "keyEncryption");
  const retired = keys.filter(({ status }) => status === "retired");
  return { activeKeyId: keys.find(({ status }) => status === "active")?.keyId, retiredKeyIds: retired.map(({ keyId }) => keyId) };
}

async function replaceKeys(request: {
  parts: StoreParts;
  keys: readonly OpenedPersonKey[];
  current: CurrentKeys;
  signal: AbortSignal | undefined;
}): Promise<readonly WrappedCountV1[]> {
  const { parts, keys, current, signal } = request;
  if (keys.length === 0) return [];
  const { keyId, wrapped } = await wrapDataKeys({ keys: keys.map(({ ref, opened }) => ({ ref, dataKey: opened.dataKey })), keyring: parts.context.keyring });
  if (keyId !== current.activeKeyId) throw refuseOutdated();
  const rows = keys.map(({ ref, opened: { stored } }, index) => ({
    ref, dataKeyId: stored.dataKeyId, keyId: stored.keyId, before: `\\x${stored.wrapped}`, wrapped: `\\x${wrapped[index] ?? ""}`,
  }));
  const counts = await parts.sessions.run({
    operation: OPERATION,
    role: "eraser",
    statement: STATEMENTS.rewrap,
    parameters: [JSON.stringify(rows), keyId],
    // What was done is passed over the next time: a lost answer is no unknown outcome.
    effect: "read",
    signal,
  });
  return toCounts(counts as readonly CountRow[]);
}

/** The process opened its keys before a rotation: to go on would be to wrap under the very key that is to be retired. */
function refuseOutdated(): ConnectorError {
  return new ConnectorError({
    code: "invalidConfiguration",
    connectorId: CONNECTOR_ID,
    operation: OPERATION,
    providerCode: "keyringOutdated",
    fieldNames: ["keyEncryption"],
  });
}

function countKeys(keyIds: readonly string[]): readonly WrappedCountV1[] {
  const counts = new Map<string, number>();
  for (const keyId of keyIds) counts.set(keyId, (counts.get(keyId) ?? 0) + 1);
  return toCounts([...counts].toSorted(([left], [right]) => (left < right ? -1 : 1)));
}

function toCounts(rows: readonly CountRow[]): readonly WrappedCountV1[] {
  return rows.map(([keyId, dataKeys]) => ({ keyId, dataKeys }));
}
