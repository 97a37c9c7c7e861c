import { ConnectorError, type Volenti } from "@volenti/core";
import type { ConnectorV1, KeyDescription, RewrappedPageV1, RewrappingFacetV1, WrappedCountV1 } from "@volenti/core/adapter";
import { failureCode } from "../support/failure-code.ts";
import type { RewrapDestination, RewrapKey, RewrapReport, RewrapRequest } from "./rewrap-report.ts";

/** Codes that say more than the failure's own. */
const TELLING: ReadonlySet<string | undefined> = new Set(["keyringOutdated", "notProvisioned", "schemaOutdated"]);

interface RewrapWork {
  readonly volenti: Volenti;
  readonly request: RewrapRequest;
  /** The key-encryption keys of the keyring. */
  readonly keyring: readonly KeyDescription[];
  readonly onLooked: (dataKeys: number) => void;
}

/** Data keys of one destination, by key id. */
interface Tally {
  readonly rewrapped: Map<string, number>;
  readonly unreadable: Map<string, number>;
}

/** Counts the data keys of every destination by the keys that wrap them, and with `apply` wraps those of retired ones anew. */
export async function rewrapKeys(request: { volenti: Volenti; rewrap: RewrapRequest }): Promise<RewrapReport> {
  const { volenti, rewrap } = request;
  const keyring = (await volenti.keyring.describe()).filter(({ kind }) => kind === "keyEncryption");
  let looked = 0;
  const onLooked = (dataKeys: number): void => {
    looked += dataKeys;
    rewrap.onProgress?.(looked);
  };
  const work: RewrapWork = { volenti, request: rewrap, keyring, onLooked };
  const destinations: RewrapDestination[] = [];
  for (const [destinationId, { rewrapping }] of volenti.destinations) {
    if (rewrapping !== undefined) destinations.push(await rewrapDestination({ work, destinationId }));
  }
  return {
    applied: rewrap.apply,
    outcome: toOutcome(destinations),
    activeKeyId: keyring.find(({ status }) => status === "active")?.keyId ?? null,
    destinations,
    notNeeded: listNotNeeded({ keyring, destinations }),
  };
}

async function rewrapDestination(parts: { work: RewrapWork; destinationId: string }): Promise<RewrapDestination> {
  const { work, destinationId } = parts;
  const { request: { apply, signal }, keyring } = work;
  const isInterrupted = (): boolean => signal?.aborted === true;
  const tally: Tally = { rewrapped: new Map(), unreadable: new Map() };
  let before: readonly WrappedCountV1[] = [];
  const toKeys = (after: readonly WrappedCountV1[] | null): readonly RewrapKey[] => listKeys({ keyring, before, after, tally });
  if (isInterrupted()) return { destinationId, status: "interrupted", keys: [] };
  try {
    before = await count(parts);
    if (!apply) return { destinationId, status: "complete", keys: toKeys(before) };
    if (before.some(({ keyId }) => statusOf({ keyring, keyId }) === "retired")) await rewrapAll({ ...parts, tally });
    const keys = toKeys(await count(parts));
    return { destinationId, status: keys.some(isLeft) ? "incomplete" : "complete", keys };
  } catch (error) {
    if (isInterrupted()) return { destinationId, status: "interrupted", keys: toKeys(null) };
    return { destinationId, status: "failed", code: codeOf(error), keys: toKeys(null) };
  }
}

async function rewrapAll(parts: { work: RewrapWork; destinationId: string; tally: Tally }): Promise<void> {
  const { work, destinationId, tally } = parts;
  const { volenti, request: { signal }, onLooked } = work;
  for (let after: string | null = null; ; ) {
    const from = after;
    const attempt = (connector: ConnectorV1): Promise<RewrappedPageV1> => facetOf(connector).rewrapPage({ after: from, signal });
    const page = await volenti.naming.call({ destinationId, operation: "rewrapPage", attempt, signal });
    add({ counts: page.rewrapped, to: tally.rewrapped });
    add({ counts: page.unreadable, to: tally.unreadable });
    onLooked(page.looked);
    after = page.next;
    if (after === null) return;
    signal?.throwIfAborted();
  }
}

function count(parts: { work: RewrapWork; destinationId: string }): Promise<readonly WrappedCountV1[]> {
  const { work: { volenti, request: { signal } }, destinationId } = parts;
  const attempt = (connector: ConnectorV1): Promise<readonly WrappedCountV1[]> => facetOf(connector).countWrapped({ signal });
  return volenti.naming.call({ destinationId, operation: "countWrapped", attempt, signal });
}

function facetOf({ rewrapping, connectorId }: ConnectorV1): RewrappingFacetV1 {
  if (rewrapping !== undefined) return rewrapping;
  throw new ConnectorError({ code: "unsupported", connectorId, operation: "rewrapping" });
}

function add(request: { counts: readonly WrappedCountV1[]; to: Map<string, number> }): void {
  for (const { keyId, dataKeys } of request.counts) request.to.set(keyId, (request.to.get(keyId) ?? 0) + dataKeys);
}

/** Every key that data keys were under at the start or are at the end. */
function listKeys(request: {
  keyring: readonly KeyDescription[];
  before: readonly WrappedCountV1[];
  after: readonly WrappedCountV1[] | null;
  tally: Tally;
}): readonly RewrapKey[] {
  const { keyring, before, after, tally } = request;
  const keyIds = new Set([...before, ...(after ?? [])].map(({ keyId }) => keyId));
  return [...keyIds].toSorted().map((keyId) => ({
    keyId,
    status: statusOf({ keyring, keyId }),
    dataKeys: countOf({ counts: before, keyId }),
    rewrapped: tally.rewrapped.get(keyId) ?? 0,
    unreadable: tally.unreadable.get(keyId) ?? 0,
    left: after === null ? null : countOf({ counts: after, keyId }),
  }));
}

function countOf(request: { counts: readonly WrappedCountV1[]; keyId: string }): number {
  return request.counts.find(({ keyId }) => keyId === request.keyId)?.dataKeys ?? 0;
}

function statusOf(request: { keyring: readonly KeyDescription[]; keyId: string }): RewrapKey["status"] {
  const status = request.keyring.find(({ keyId }) => keyId === request.keyId)?.status;
  return status === "active" || status === "retired" ? status : "missing";
}

function isLeft({ status, left }: RewrapKey): boolean {
  return status !== "active" && left !== 0;
}

function codeOf(error: unknown): string {
  const providerCode = ConnectorError.isInstance(error) ? error.providerCode : undefined;
  return providerCode !== undefined && TELLING.has(providerCode) ? providerCode : failureCode(error);
}

function toOutcome(destinations: readonly RewrapDestination[]): RewrapReport["outcome"] {
  const statuses = destinations.map(({ status }) => status);
  if (statuses.includes("interrupted")) return "interrupted";
  return statuses.every((status) => status === "complete") ? "complete" : "incomplete";
}

function listNotNeeded(request: { keyring: readonly KeyDescription[]; destinations: readonly RewrapDestination[] }): readonly string[] {
  const { keyring, destinations } = request;
  const keys = destinations.flatMap((destination) => destination.keys);
  const isCounted = destinations.every(({ status }) => status === "complete" || status === "incomplete");
  if (!isCounted) return [];
  const needed = new Set(keys.filter(({ left }) => left !== 0).map(({ keyId }) => keyId));
  return keyring.filter(({ keyId, status }) => status === "retired" && !needed.has(keyId)).map(({ keyId }) => keyId);
}
