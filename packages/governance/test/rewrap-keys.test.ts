import { ConnectorError } from "@volenti/core";
import type { ConnectorV1, KeyDescription, Keyring, RewrappingFacetV1 } from "@volenti/core/adapter";
import { describe, expect, it } from "vitest";
import { createMemoryKeyring } from "./support/memory-keyring.ts";
import { openShop, type Shop } from "./support/open-shop.ts";

const NEW = "kek-2";
const OLD = "kek-1";
const OLDEST = "kek-0";

/** A keyring with an active key-encryption key and two retired ones; what wraps is the system of the test. */
function createRotatedKeyring(): Keyring {
  const keyring = createMemoryKeyring({ signingKeyId: "signing-1" });
  const keyOf = (keyId: string): KeyDescription => ({ keyId, kind: "keyEncryption", createdAt: "2026-01-01T00:00:00.000Z", status: keyId === NEW ? "active" : "retired" });
  return { ...keyring, describe: async () => [...(await keyring.describe()), ...[OLDEST, OLD, NEW].map(keyOf)] };
}

/** A system with a data key a person, which wraps two a page. `work` is done before each page. */
function createWrapping(request: { keyIds: string[]; damaged?: number; work?: (page: number) => unknown }): RewrappingFacetV1 {
  const { keyIds, damaged, work } = request;
  let pages = 0;
  return {
    countWrapped: async () => {
      const ids = [...new Set(keyIds)].toSorted();
      return ids.map((keyId) => ({ keyId, dataKeys: keyIds.filter((id) => id === keyId).length }));
    },
    rewrapPage: async ({ after }) => {
      work?.((pages += 1));
      const start = Number(after ?? 0);
      const rewrapped: string[] = [];
      const unreadable: string[] = [];
      for (let index = start; index < Math.min(start + 2, keyIds.length); index += 1) {
        const keyId = keyIds[index] ?? "";
        if (keyId !== OLD && keyId !== OLDEST) continue;
        (index === damaged ? unreadable : rewrapped).push(keyId);
        if (index !== damaged) keyIds[index] = NEW;
      }
      const toCounts = (ids: string[]) => ids.map((keyId) => ({ keyId, dataKeys: 1 }));
      return { next: start + 2 < keyIds.length ? String(start + 2) : null, looked: 2, rewrapped: toCounts(rewrapped), unreadable: toCounts(unreadable) };
    },
  };
}

function open(facets: { ledger: RewrappingFacetV1; crm?: RewrappingFacetV1 }, retry = { maxAttempts: 1 }): Shop {
  const withFacet = (connector: ConnectorV1, rewrapping: RewrappingFacetV1 | undefined): ConnectorV1 => ({ ...connector, rewrapping });
  return openShop({
    keys: createRotatedKeyring(),
    retry,
    change: ({ ledger, crm }) => ({ ledger: withFacet(ledger, facets.ledger), crm: withFacet(crm, facets.crm) }),
  });
}

function unavailable(): never {
  throw new ConnectorError({ code: "unavailable", connectorId: "memory", operation: "rewrapping" });
}

describe("data keys", () => {
  it("are only counted without apply, and the keys that none is under are not needed", async () => {
    const keyIds = [OLD, NEW, OLD];
    const { governance } = open({ ledger: createWrapping({ keyIds }) });
    expect(await governance.rewrapKeys({ apply: false })).toEqual({
      applied: false,
      outcome: "complete",
      activeKeyId: NEW,
      destinations: [
        {
          destinationId: "ledger",
          status: "complete",
          keys: [
            { keyId: OLD, status: "retired", dataKeys: 2, rewrapped: 0, unreadable: 0, left: 2 },
            { keyId: NEW, status: "active", dataKeys: 1, rewrapped: 0, unreadable: 0, left: 1 },
          ],
        },
      ],
      notNeeded: [OLDEST],
    });
    expect(keyIds).toEqual([OLD, NEW, OLD]);
  });

  it("are wrapped under the active key in every destination, with progress over all of them", async () => {
    const progress: number[] = [];
    const [eu, ru] = [[OLD, OLDEST, OLD], [NEW, OLD]];
    const { governance } = open({ ledger: createWrapping({ keyIds: eu }), crm: createWrapping({ keyIds: ru }) });
    const report = await governance.rewrapKeys({ apply: true, onProgress: (dataKeys) => progress.push(dataKeys) });
    expect(report).toMatchObject({ outcome: "complete", destinations: [{ status: "complete" }, { status: "complete" }], notNeeded: [OLDEST, OLD] });
    expect(report.destinations[0]?.keys.map(({ keyId, dataKeys, rewrapped, left }) => [keyId, dataKeys, rewrapped, left])).toEqual([
      [OLDEST, 1, 1, 0],
      [OLD, 2, 2, 0],
      [NEW, 0, 0, 3],
    ]);
    expect([eu, ru]).toEqual([[NEW, NEW, NEW], [NEW, NEW]]);
    expect(progress).toEqual([2, 4, 6]);
  });

  it("that are damaged, under a key that is missing, or written meanwhile are left, and make the run incomplete", async () => {
    const keyIds = [OLD, "kek-lost", OLDEST, NEW];
    const damaged = open({ ledger: createWrapping({ keyIds, damaged: 0 }), crm: createWrapping({ keyIds: [NEW] }) });
    const report = await damaged.governance.rewrapKeys({ apply: true });
    expect(report).toMatchObject({ outcome: "incomplete", destinations: [{ status: "incomplete" }, { status: "complete" }], notNeeded: [OLDEST] });
    expect(report.destinations[0]?.keys.map(({ keyId, status, unreadable, left }) => [keyId, status, unreadable, left])).toEqual([
      [OLDEST, "retired", 0, 0],
      [OLD, "retired", 1, 1],
      [NEW, "active", 0, 2],
      ["kek-lost", "missing", 0, 1],
    ]);
    const late = [OLD, OLD, OLD];
    const outdated = open({ ledger: createWrapping({ keyIds: late, work: (page) => page === 2 && late.unshift(OLD) }) });
    expect(await outdated.governance.rewrapKeys({ apply: true })).toMatchObject({ outcome: "incomplete", notNeeded: [OLDEST] });
  });

  it("of a destination that fails keep none of the others, and a failed one leaves every key needed", async () => {
    const [eu, ru] = [[OLD, OLD, OLD], [OLD]];
    const failing = createWrapping({ keyIds: eu, work: (page) => page === 2 && unavailable() });
    const { governance } = open({ ledger: failing, crm: createWrapping({ keyIds: ru }) });
    expect(await governance.rewrapKeys({ apply: true })).toMatchObject({
      outcome: "incomplete",
      destinations: [
        { status: "failed", code: "unavailable", keys: [{ keyId: OLD, dataKeys: 3, rewrapped: 2, left: null }] },
        { status: "complete", keys: [{ keyId: OLD, left: 0 }, { keyId: NEW, left: 1 }] },
      ],
      notNeeded: [],
    });
    expect(await governance.rewrapKeys({ apply: true })).toMatchObject({ outcome: "complete", notNeeded: [OLDEST, OLD] });
    expect([eu, ru]).toEqual([[NEW, NEW, NEW], [NEW]]);
  });

  it("are tried again as deliveries are", async () => {
    const keyIds = [OLD, OLD, OLD];
    const { governance } = open({ ledger: createWrapping({ keyIds, work: (page) => page === 2 && unavailable() }) }, { maxAttempts: 2 });
    expect(await governance.rewrapKeys({ apply: true })).toMatchObject({ outcome: "complete" });
    expect(keyIds).toEqual([NEW, NEW, NEW]);
  });

  it("stop between two pages when they are asked to, and go on the next time", async () => {
    const controller = new AbortController();
    const [eu, ru] = [[OLD, OLD, OLD], [OLD]];
    const stopping = createWrapping({ keyIds: eu, work: () => controller.abort() });
    const { governance } = open({ ledger: stopping, crm: createWrapping({ keyIds: ru }) });
    const report = await governance.rewrapKeys({ apply: true, signal: controller.signal });
    expect(report).toMatchObject({ outcome: "interrupted", destinations: [{ status: "interrupted", keys: [{ keyId: OLD, rewrapped: 2, left: null }] }, { status: "interrupted", keys: [] }], notNeeded: [] });
    expect([eu, ru]).toEqual([[NEW, NEW, OLD], [OLD]]);
    expect(await governance.rewrapKeys({ apply: true })).toMatchObject({ outcome: "complete" });
  });

  it("are none where no destination encrypts, and no retired key is needed then", async () => {
    const { governance } = openShop({ keys: createRotatedKeyring() });
    expect(await governance.rewrapKeys({ apply: true })).toMatchObject({ outcome: "complete", destinations: [], notNeeded: [OLDEST, OLD] });
  });
});
