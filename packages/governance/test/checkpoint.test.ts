import { generateKeyPairSync, sign } from "node:crypto";
import type { Anchor, AnchoredCheckpoint, KeyDescription, Keyring } from "@volenti/core";
import { fromHexadecimal, verifyCheckpoint, verifyConsistency, verifyInclusion, type InclusionProof, type StoredCheckpointV1 } from "@volenti/core/adapter";
import type { MemorySystem } from "@volenti/memory";
import fc from "fast-check";
import { compactVerify, importJWK } from "jose";
import { describe, expect, it } from "vitest";
import { createMemoryKeyring } from "./support/memory-keyring.ts";
import { acknowledgeLoyalty, decide, NOW, openShop, type Shop } from "./support/open-shop.ts";

function createMemoryAnchor(anchorId = "notary"): Anchor & { readonly lines: AnchoredCheckpoint[] } {
  const lines: AnchoredCheckpoint[] = [];
  return {
    anchorId,
    lines,
    publish: async ({ jws }) => {
      lines.push({ jws, publishedAt: new Date(NOW + lines.length).toISOString() });
    },
    list: async function* () {
      yield* lines;
    },
  };
}

async function submitSome(shop: Shop, count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    await shop.submit({ email: `person${shop.ledger.records.people.size}@example.com`, decisions: [decide("given"), acknowledgeLoyalty()] });
  }
}

const check = (shop: Shop) => shop.governance.checkpoint({ destinationId: "ledger" });
const codesOf = async (shop: Shop) => (await shop.governance.verify({ destinationId: "ledger" })).counts.findings;
const bytes = (hexadecimal: string): Uint8Array => fromHexadecimal(hexadecimal)!;

describe("a checkpoint", () => {
  it("covers every decision once, extends the one before, is published, and is nothing new where nothing is", async () => {
    const anchor = createMemoryAnchor();
    const shop = openShop({ anchors: [anchor] });
    expect(await check(shop)).toMatchObject({ status: "unchanged", size: 0, checkpoint: null });
    await submitSome(shop, 3);
    expect(await check(shop)).toMatchObject({ status: "made", size: 6, added: 6, anchors: [{ anchorId: "notary", status: "published" }] });
    expect(await check(shop)).toMatchObject({ status: "unchanged", size: 6, added: 0, anchors: [{ status: "unchanged" }] });
    await submitSome(shop, 2);
    await shop.submit({ email: "test@example.com", test: true });
    expect(await check(shop)).toMatchObject({ status: "made", size: 10, added: 4 });
    expect(anchor.lines).toHaveLength(2);
    expect(await shop.governance.verify({ destinationId: "ledger" })).toMatchObject({
      valid: true,
      counts: { log: { entries: 10, checkpoints: 2, unanchored: 0 } },
    });
  });

  it("is a compact JWS that another library reads", async () => {
    const keys = createMemoryKeyring({ signingKeyId: "signing-1" });
    const shop = openShop({ keys });
    await submitSome(shop, 1);
    const { checkpoint, root } = await check(shop);
    const [{ publicKey } = { publicKey: undefined }] = await keys.describe();
    const { payload, protectedHeader } = await compactVerify(checkpoint!, await importJWK({ ...publicKey! }, "EdDSA"));
    expect(protectedHeader).toEqual({ alg: "EdDSA", kid: "signing-1", typ: "volenti-checkpoint+jws" });
    expect(JSON.parse(new TextDecoder().decode(payload))).toEqual({
      schema: "volenti-checkpoint-1",
      controller: "maison-exemple",
      log: "ledger",
      size: 2,
      root,
      previous: null,
      at: "2026-11-21T12:00:00.000Z",
    });
  });

  it("is lost by one of two runs that race, and neither doubles a place", async () => {
    const shop = openShop();
    await submitSome(shop, 3);
    const reports = await Promise.all([check(shop), check(shop), check(shop)]);
    expect(reports.map(({ size }) => size)).toEqual([6, 6, 6]);
    expect(shop.ledger.records.checkpoints).toHaveLength(1);
    expect(await codesOf(shop)).toEqual({});
  });

  it("is proved to hold a decision, and to extend every size before it", async () => {
    const shop = openShop();
    const result = await shop.submit({ decisions: [decide("given"), acknowledgeLoyalty()] });
    await submitSome(shop, 3);
    const early = await check(shop);
    await submitSome(shop, 2);
    const late = await check(shop);
    const { crypto } = shop.volenti;
    const [decision] = result.decisions;
    const proof = await shop.governance.proveDecision({ destinationId: "ledger", decisionId: decision!.id });
    expect(
      await verifyInclusion({ leaf: bytes(decision!.hash), leafIndex: proof!.leafIndex, treeSize: 12, path: proof!.path.map(bytes), root: bytes(late.root!), crypto }),
    ).toBe(true);
    const extension = await shop.governance.proveConsistency({ destinationId: "ledger", size: early.size });
    expect(
      await verifyConsistency({ size: early.size, root: bytes(early.root!), laterSize: 12, laterRoot: bytes(late.root!), proof: extension.path.map(bytes), crypto }),
    ).toBe(true);
    expect(await shop.governance.proveDecision({ destinationId: "ledger", decisionId: "00000000-0000-4000-8000-000000000000" })).toBeNull();
  });

  it("stays with the store, and is published later, where an anchor is out of reach", async () => {
    const anchor = createMemoryAnchor();
    const publish = anchor.publish;
    const flaky: Anchor = { ...anchor, publish: async () => Promise.reject(new Error("out of reach")) };
    const anchors = [flaky];
    const shop = openShop({ anchors });
    await submitSome(shop, 1);
    expect(await check(shop)).toMatchObject({ status: "made", anchors: [{ status: "unpublished", code: "unexpectedError" }] });
    flaky.publish = publish;
    expect(await check(shop)).toMatchObject({ status: "unchanged", anchors: [{ status: "published" }] });
  });
});

describe("what was published", () => {
  async function openPublished(): Promise<Shop & { anchor: ReturnType<typeof createMemoryAnchor> }> {
    const anchor = createMemoryAnchor();
    const shop = openShop({ anchors: [anchor] });
    await submitSome(shop, 3);
    await check(shop);
    await submitSome(shop, 2);
    await check(shop);
    return { ...shop, anchor };
  }

  function setBack({ records }: MemorySystem, size: number): void {
    for (const { decisionId } of records.log.splice(size)) {
      const row = records.decisionsById.get(decisionId)!;
      records.decisionsById.delete(decisionId);
      const rest = records.decisions.get(row.subjectRef)!.filter((one) => one !== row);
      if (rest.length === 0) records.decisions.delete(row.subjectRef);
      else records.decisions.set(row.subjectRef, rest);
      records.people.delete(row.subjectRef);
    }
    records.checkpoints.splice(records.checkpoints.findIndex((checkpoint) => checkpoint.size > size));
  }

  it("shows a store that was set back, and keeps a checkpoint from being signed over it", async () => {
    const shop = await openPublished();
    setBack(shop.ledger, 6);
    expect(await codesOf(shop)).toEqual({ checkpointMissing: 1, logTruncated: 1 });
    expect(await check(shop)).toMatchObject({ status: "refused", findings: [{ code: "checkpointDoesNotExtend", anchorId: "notary", size: 10 }] });
    await submitSome(shop, 4);
    expect(await check(shop)).toMatchObject({ status: "refused" });
    expect(shop.anchor.lines).toHaveLength(2);
    expect(shop.ledger.records.checkpoints).toHaveLength(1);
  });

  it("shows a history that was written anew with the brand's own keys", async () => {
    const shop = await openPublished();
    setBack(shop.ledger, 6);
    const published = shop.anchor.lines.splice(1);
    await submitSome(shop, 2);
    await check(shop);
    shop.anchor.lines.splice(1, 1, ...published);
    expect(await codesOf(shop)).toEqual({ anchorMismatch: 1 });
    await submitSome(shop, 1);
    expect(await check(shop)).toMatchObject({ status: "refused", findings: [{ code: "checkpointDoesNotExtend" }] });
  });

  it("shows a decision that is gone, and one whose row was changed, by their places", async () => {
    const shop = await openPublished();
    const { log, decisionsById } = shop.ledger.records;
    const [first, second] = [decisionsById.get(log[0]!.decisionId)!, decisionsById.get(log[1]!.decisionId)!];
    decisionsById.delete(first.decisionId);
    decisionsById.set(second.decisionId, { ...second, hash: "00".repeat(32) });
    expect(await codesOf(shop)).toMatchObject({ decisionMissing: 1, logMismatch: 1 });
  });
});

/** Flips one bit of one character, or of a number. */
function flip(value: string | number, at: number): string | number {
  if (typeof value === "number") return value ^ (1 << (at % 31));
  const code = value.charCodeAt((at >> 3) % value.length) ^ (1 << (at % 7));
  const place = (at >> 3) % value.length;
  return value.slice(0, place) + String.fromCharCode(code) + value.slice(place + 1);
}

describe("any single bit", () => {
  const bit = fc.nat({ max: 100_000 });

  async function openFull(): Promise<{ shop: Shop; anchor: ReturnType<typeof createMemoryAnchor> }> {
    const anchor = createMemoryAnchor();
    const shop = openShop({ anchors: [anchor] });
    await submitSome(shop, 2);
    await shop.submit({ email: "person0@example.com", decisions: [decide("withdrawn")] });
    await check(shop);
    await submitSome(shop, 1);
    await check(shop);
    return { shop, anchor };
  }

  /** Changes what is kept, looks whether it is found, and puts it right again. */
  async function isFound(shop: Shop, change: () => () => void): Promise<boolean> {
    const undo = change();
    const { valid } = await shop.governance.verify({ destinationId: "ledger" });
    undo();
    return !valid;
  }

  it("of a decision's row is found", async () => {
    const { shop } = await openFull();
    const { decisions } = shop.ledger.records;
    const fields = ["canonical", "hash", "decisionId", "subjectRef", "position", "link", "leafIndex", "treeSize", "path", "root"] as const;
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...decisions.keys()), fc.nat(1), fc.constantFrom(...fields), bit, async (ref, place, field, at) => {
        const rows = decisions.get(ref)!;
        const index = place % rows.length;
        const row = rows[index]!;
        const { path } = row.proof;
        fc.pre(field !== "path" || path.length > 0);
        const proof = (changed: Partial<InclusionProof>) => ({ ...row, proof: { ...row.proof, ...changed } });
        const changed = {
          canonical: () => ({ ...row, canonical: String(flip(row.canonical, at)) }),
          hash: () => ({ ...row, hash: String(flip(row.hash, at)) }),
          decisionId: () => ({ ...row, decisionId: String(flip(row.decisionId, at)) }),
          subjectRef: () => ({ ...row, subjectRef: String(flip(row.subjectRef, at)) }),
          position: () => ({ ...row, chain: { ...row.chain, position: Number(flip(row.chain.position, at)) } }),
          link: () => ({ ...row, chain: { ...row.chain, link: String(flip(row.chain.link, at)) } }),
          leafIndex: () => proof({ leafIndex: Number(flip(row.proof.leafIndex, at)) }),
          treeSize: () => proof({ treeSize: Number(flip(row.proof.treeSize, at)) }),
          path: () => proof({ path: [String(flip(path[0] ?? "", at)), ...path.slice(1)] }),
          root: () => proof({ root: String(flip(row.proof.root, at)) }),
        }[field]();
        const found = await isFound(shop, () => {
          rows[index] = changed;
          return () => (rows[index] = row);
        });
        expect(found, `${field} ${at}`).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  it("of a signed head is found, one that no decision names included", async () => {
    const { shop } = await openFull();
    const { heads } = shop.ledger.records;
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...heads.keys()), bit, async (root, at) => {
        const jws = heads.get(root)!;
        const found = await isFound(shop, () => {
          heads.set(root, String(flip(jws, at)));
          return () => heads.set(root, jws);
        });
        expect(found, `${at}`).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it("of a place in the log, of a checkpoint, and of a published one is found", async () => {
    const { shop, anchor } = await openFull();
    const { log, checkpoints } = shop.ledger.records;
    const where = fc.constantFrom("decisionId", "hash", "size", "root", "jws", "peaks", "published");
    await fc.assert(
      fc.asyncProperty(where, fc.nat(9), bit, async (field, place, at) => {
        const found = await isFound(shop, () => {
          if (field === "published") return swap(anchor.lines, place, (line) => ({ ...line, jws: String(flip(line.jws, at)) }));
          if (field === "decisionId" || field === "hash") return swap(log, place, (entry) => ({ ...entry, [field]: flip(entry[field], at) }));
          return swap(checkpoints, place, (kept) => ({ ...kept, [field]: flip(kept[field as keyof StoredCheckpointV1], at) }));
        });
        expect(found, `${field} ${place} ${at}`).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  function swap<Item>(items: Item[], place: number, change: (item: Item) => Item): () => void {
    const index = place % items.length;
    const item = items[index]!;
    items[index] = change(item);
    return () => (items[index] = item);
  }

  it("of a receipt is found, offline", async () => {
    const shop = openShop();
    const { receipt } = await shop.submit({ decisions: [decide("given"), acknowledgeLoyalty()] });
    const positions = Array.from({ length: receipt!.length * 7 }, (_, index) => Math.floor(index / 7) * 8 + (index % 7));
    for (const at of positions) {
      const { valid } = await shop.governance.verify({ receipt: String(flip(receipt!, at)) });
      expect(valid, `${at}`).toBe(false);
    }
    // The same inside, where a careless reader would look.
    const text = Buffer.from(receipt!, "base64url").toString();
    for (let place = 0; place < text.length * 7; place += 1) {
      const changed = String(flip(text, Math.floor(place / 7) * 8 + (place % 7)));
      const { valid } = await shop.governance.verify({ receipt: Buffer.from(changed).toString("base64url") });
      expect(valid, changed).toBe(false);
    }
  });
});

describe("a revoked key", () => {
  /** A keyring of two signing keys, of which the first can be revoked. */
  function createTurningKeyring(): { keys: Keyring; turn: () => void; revoke: (at: string, reason: "superseded" | "compromised") => void } {
    const base = createMemoryKeyring({ signingKeyId: "signing-1" });
    const pair = generateKeyPairSync("ed25519");
    const { x = "" } = pair.publicKey.export({ format: "jwk" });
    let [isTurned, revoked]: [boolean, KeyDescription["revoked"] | undefined] = [false, undefined];
    const second: KeyDescription = {
      keyId: "signing-2",
      kind: "signing",
      createdAt: "2026-02-01T00:00:00.000Z",
      status: "active",
      publicKey: { kty: "OKP", crv: "Ed25519", x, kid: "signing-2" },
    };
    const keys: Keyring = {
      ...base,
      describe: async () => {
        const [first] = await base.describe();
        const end = revoked === undefined ? {} : { revoked };
        return [{ ...first!, ...end, publicKey: { ...first!.publicKey!, ...end } }, second];
      },
      signingKeyId: () => (isTurned ? "signing-2" : "signing-1"),
      sign: (request) => (isTurned ? { keyId: "signing-2", signature: new Uint8Array(sign(null, request.data, pair.privateKey)) } : base.sign(request)),
    };
    return { keys, turn: () => (isTurned = true), revoke: (at, reason) => (revoked = { at, reason }) };
  }

  it("leaves what it signed before good where it was replaced, and nothing that says it is later", async () => {
    const { keys, revoke } = createTurningKeyring();
    const shop = openShop({ keys });
    const { receipt } = await shop.submit();
    revoke("2026-11-21T12:00:01.000Z", "superseded");
    expect(await shop.governance.verify({ receipt: receipt! })).toMatchObject({ valid: true });
    expect(await codesOf(shop)).toEqual({});
    revoke("2026-11-21T12:00:00.000Z", "superseded");
    expect(await shop.governance.verify({ receipt: receipt! })).toMatchObject({ valid: false, findings: [{ code: "revokedKey" }] });
    expect(await codesOf(shop)).toEqual({ revokedKey: 1 });
  });

  it("of which others may have a copy leaves only what was published before it was revoked", async () => {
    const anchor = createMemoryAnchor();
    const { keys, turn, revoke } = createTurningKeyring();
    const shop = openShop({ keys, anchors: [anchor] });
    const { receipt } = await shop.submit();
    await check(shop);
    await shop.submit({ email: "late@example.com" });
    turn();
    revoke("2026-11-21T12:00:00.001Z", "compromised");
    expect(await shop.governance.verify({ receipt: receipt! })).toMatchObject({ valid: false, findings: [{ code: "revokedKey" }] });
    expect(await codesOf(shop)).toEqual({ revokedKey: 1 });
    expect(await check(shop)).toMatchObject({ status: "made", size: 2 });
    const last = shop.ledger.records.checkpoints.at(-1)!;
    const publicKeys = (await keys.describe()).map(({ publicKey }) => publicKey!);
    expect(await verifyCheckpoint({ jws: last.jws, publicKeys, crypto: shop.volenti.crypto })).toMatchObject({ valid: true, keyId: "signing-2" });
    expect(await codesOf(shop)).toEqual({ revokedKey: 1 });
  });
});
