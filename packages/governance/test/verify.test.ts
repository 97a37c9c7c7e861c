import { createHash } from "node:crypto";
import { ConnectorError } from "@volenti/core";
import type { ConnectorV1, CryptoPort, StoredDecisionV1 } from "@volenti/core/adapter";
import { createGovernance, type DecisionFinding, type DecisionFindingCode, type ReceiptRequest } from "@volenti/governance";
import { describe, expect, it } from "vitest";
import { createMemoryKeyring } from "./support/memory-keyring.ts";
import { acknowledgeLoyalty, decide, openShop, toSubmission, type Shop } from "./support/open-shop.ts";

type Change = (decisions: StoredDecisionV1[]) => readonly StoredDecisionV1[];

/** A shop whose ledger answers a changed history. */
function openTamperedShop(change: Change): Shop {
  const tamper = (ledger: ConnectorV1): ConnectorV1 => ({
    ...ledger,
    consentHistory: {
      async *listDecisions(request) {
        const decisions: StoredDecisionV1[] = [];
        for await (const decision of ledger.consentHistory?.listDecisions(request) ?? []) decisions.push(decision);
        yield* change(decisions);
      },
    },
  });
  return openShop({ change: ({ ledger, crm }) => ({ ledger: tamper(ledger), crm }) });
}

async function fill({ submit }: Shop): Promise<void> {
  await submit({ decisions: [decide("given"), acknowledgeLoyalty()] });
  await submit({ occurredAt: "2026-11-21T11:00:00.000Z", decisions: [decide("withdrawn")] });
  await submit({ email: "paul@example.com" });
}

async function codesAfter(change: Change): Promise<Partial<Record<DecisionFindingCode, number>>> {
  const shop = openTamperedShop(change);
  await fill(shop);
  return (await shop.governance.verify({ destinationId: "ledger" })).counts.findings;
}

/** Changes the first decision. */
function first(change: (decision: StoredDecisionV1) => Partial<StoredDecisionV1>): Change {
  return (decisions) => decisions.map((decision, index) => (index === 0 ? { ...decision, ...change(decision) } : decision));
}

function rewritten(decision: StoredDecisionV1, canonical: string): Partial<StoredDecisionV1> {
  return { ...decision, canonical, hash: createHash("sha256").update(canonical).digest("hex") };
}

describe("verify a receipt", () => {
  it("proves each decision of a submission, with public keys and nothing else", async () => {
    const { governance, submit, ledger, crm } = openShop();
    const result = await submit({ decisions: [decide("given"), acknowledgeLoyalty()] });
    ledger.fail({ kind: "unavailable" });
    crm.fail({ kind: "unavailable" });
    expect(await governance.verify({ receipt: result.receipt ?? "" })).toMatchObject({
      valid: true,
      submissionId: result.submissionId,
      decisions: result.decisions.map(({ id, hash }) => ({ decisionId: id, hash, sealedAt: "2026-11-21T12:00:00.000Z", keyId: "signing-1" })),
      findings: [],
    });
  });

  it("says what is wrong with one that does not prove its decisions", async () => {
    const { governance, submit } = openShop();
    const { receipt } = await submit();
    if (receipt === null) expect.fail("there is no receipt");
    const change = (edit: (text: string) => string): string =>
      Buffer.from(edit(Buffer.from(receipt, "base64url").toString())).toString("base64url");
    const otherHash = change((text) => text.replace(/"hash":"./, (found) => `${found.slice(0, -1)}${found.endsWith("0") ? "1" : "0"}`));
    const otherHead = change((text) => text.replace(/"head":"([^".]*)\.([^".]*)\.[^"]*"/, (_, header: string, payload: string) => `"head":"${header}.${payload}.${"A".repeat(86)}"`));
    const [key] = await createMemoryKeyring({ signingKeyId: "signing-2" }).describe();
    const codes = async (request: ReceiptRequest): Promise<string[]> =>
      (await governance.verify(request)).findings.map(({ code }) => code);
    expect(await codes({ receipt: otherHash })).toEqual(["badProof"]);
    expect(await codes({ receipt: otherHead })).toEqual(["badSignature"]);
    expect(await codes({ receipt: "nonsense" })).toEqual(["malformedReceipt"]);
    expect(await codes({ receipt, publicKeys: key?.publicKey === undefined ? [] : [key.publicKey] })).toEqual(["unknownKey"]);
  });

  it("says that a receipt is another controller's", async () => {
    const other = openShop({ controllerId: "other-house" });
    const { receipt, decisions } = await other.submit();
    const keys = (await other.volenti.keyring.describe()).flatMap(({ publicKey }) => publicKey ?? []);
    const report = await openShop().governance.verify({ receipt: receipt ?? "", publicKeys: keys });
    expect(report).toMatchObject({ valid: false, decisions: [], findings: [{ code: "wrongController", decisionId: decisions[0]?.id }] });
  });
});

describe("verify a destination", () => {
  it("finds nothing wrong with what was written", async () => {
    const shop = openShop();
    await fill(shop);
    for (const destinationId of ["ledger", "crm"]) {
      expect(await shop.governance.verify({ destinationId })).toEqual({
        destinationId,
        valid: true,
        counts: {
          decisions: 4,
          sound: 4,
          subjects: 2,
          followedRefusals: 0,
          followedStates: 0,
          changedByStaff: 0,
          withoutStates: 0,
          unaccountedLeaves: 0,
          findings: {},
          ...(destinationId === "ledger" ? { log: { entries: 0, uncovered: 4, checkpoints: 0, unanchored: 0 } } : {}),
        },
        findings: [],
      });
    }
  });

  it("still verifies what remains after an erasure", async () => {
    const shop = openShop();
    await fill(shop);
    await shop.governance.erase({ identifier: { kind: "email", value: "ines@example.com" }, requestedAt: 0 });
    expect(await shop.governance.verify({ destinationId: "ledger" })).toMatchObject({ valid: true, counts: { decisions: 4 } });
  });

  it("finds a text that was changed", async () => {
    const changed = first(({ canonical }) => ({ canonical: canonical.replace("paris-flagship", "paris-flagshop") }));
    expect(await codesAfter(changed)).toEqual({ hashMismatch: 1, badProof: 1 });
  });

  it("finds a text that was changed with its hash", async () => {
    const changed = first((decision) => rewritten(decision, decision.canonical.replace("paris-flagship", "paris-flagshop")));
    expect(await codesAfter(changed)).toMatchObject({ badProof: 1, chainBroken: 1 });
  });

  it("finds a text that is no record, or not in its one form", async () => {
    expect(await codesAfter(first((decision) => rewritten(decision, "{}")))).toMatchObject({ malformedRecord: 1 });
    expect(await codesAfter(first((decision) => rewritten(decision, ` ${decision.canonical}`)))).toMatchObject({ malformedRecord: 1 });
    const doubled = first((decision) => rewritten(decision, decision.canonical.replace("{", '{"id":"x",')));
    expect(await codesAfter(doubled)).toMatchObject({ malformedRecord: 1 });
  });

  it("finds a row that is put under another decision or person", async () => {
    expect(await codesAfter(first(() => ({ decisionId: "5f0f5e0e-6a1e-4a53-9d0b-0f5d3b0c7f11" })))).toEqual({ idMismatch: 1 });
    const moved: Change = (decisions) => decisions.map((decision) => ({ ...decision, subjectRef: decisions[0]?.subjectRef ?? "" }));
    expect(await codesAfter(moved)).toMatchObject({ subjectMismatch: expect.any(Number) as number, chainGap: 1 });
  });

  it("accepts a refusal that followed a person who has another ref here, counts it, and accepts no grant so", async () => {
    const shop = openShop({
      routes: [{ countries: ["FR"], to: ["ledger"] }, { to: ["crm"] }],
      crmLedger: true,
    });
    await shop.submit({ decisions: [decide("given")], profile: { email: "ines@example.com" } });
    await shop.submit({ country: "DE", decisions: [decide("given")], profile: { email: "ines@example.com" } });
    await shop.submit({ country: "DE", occurredAt: "2026-11-21T11:00:00.000Z", decisions: [decide("withdrawn")] });
    const [ledger, crm] = [await shop.governance.verify({ destinationId: "ledger" }), await shop.governance.verify({ destinationId: "crm" })];
    expect(ledger).toMatchObject({ valid: true, counts: { decisions: 2, sound: 2, subjects: 1, followedRefusals: 1, findings: {} } });
    expect(crm).toMatchObject({ valid: true, counts: { decisions: 2, followedRefusals: 0 } });
    const tampered: Change = (decisions) => decisions.map((decision) => ({ ...decision, subjectRef: "a".repeat(26) }));
    const alone = openTamperedShop(tampered);
    await alone.submit({ decisions: [decide("given")] });
    expect(await alone.governance.verify({ destinationId: "ledger" })).toMatchObject({
      valid: false,
      counts: { followedRefusals: 0, findings: { subjectMismatch: 1 } },
    });
  });

  it("accepts no status under another ref that nobody knows", async () => {
    const unknown = first((decision) => ({ ...rewritten(decision, decision.canonical.replace(/"status":"[a-z]+"/, '"status":"approved"')), subjectRef: "a".repeat(26) }));
    expect(await codesAfter(unknown)).toMatchObject({ subjectMismatch: 1 });
  });

  it("finds heads that are lost, broken, forged or of another batch", async () => {
    expect(await codesAfter(first(() => ({ head: null })))).toEqual({ missingHead: 1 });
    expect(await codesAfter(first(() => ({ head: "a.b" })))).toEqual({ malformedHead: 1 });
    expect(await codesAfter(first(({ head }) => ({ head: `${head?.slice(0, -86) ?? ""}${"A".repeat(86)}` })))).toEqual({ badSignature: 1 });
    const swapped: Change = (decisions) => decisions.map((decision, index) => (index === 0 ? { ...decision, head: decisions[3]?.head ?? null } : decision));
    expect(await codesAfter(swapped)).toEqual({ headMismatch: 1 });
  });

  it("finds a proof that does not lead to its root", async () => {
    expect(await codesAfter(first(({ proof }) => ({ proof: { ...proof, leafIndex: proof.leafIndex + 7 } })))).toEqual({ badProof: 1 });
    expect(await codesAfter(first(({ proof }) => ({ proof: { ...proof, path: ["not hexadecimal"] } })))).toEqual({ badProof: 1 });
  });

  it("finds a decision that was taken out of a chain, once", async () => {
    const firstOfTwo: Change = (decisions) => {
      const chained = decisions.findIndex((decision, index) => decisions[index + 1]?.subjectRef === decision.subjectRef);
      return decisions.toSpliced(chained, 1);
    };
    expect(await codesAfter(firstOfTwo)).toEqual({ chainGap: 1 });
  });

  it("finds a link that does not follow, and a decision that was left out of its person's chain", async () => {
    const links: Change = (decisions) => decisions.map((decision) => ({ ...decision, chain: { position: decision.chain?.position ?? 0, link: "0".repeat(64) } }));
    expect(await codesAfter(links)).toEqual({ chainBroken: 4 });
    const unchained: Change = (decisions) => decisions.map((decision) => (decision.chain?.position === 2 ? { ...decision, chain: undefined } : decision));
    expect(await codesAfter(unchained)).toMatchObject({ chainMissing: 1 });
  });

  it("asks no chain of a store that has none", async () => {
    expect(await codesAfter((decisions) => decisions.map((decision) => ({ ...decision, chain: undefined })))).toEqual({});
  });

  it("knows no key but those it is given", async () => {
    const shop = openShop();
    await fill(shop);
    const report = await shop.governance.verify({ destinationId: "ledger", publicKeys: [] });
    expect(report).toMatchObject({ valid: false, counts: { decisions: 4, sound: 0, findings: { unknownKey: 4 } } });
    expect(report.findings).toHaveLength(4);
  });

  it("hands findings on as they are made, and keeps none", async () => {
    const shop = openShop();
    await fill(shop);
    const found: DecisionFinding[] = [];
    const report = await shop.governance.verify({ destinationId: "ledger", publicKeys: [], onFinding: (finding) => found.push(finding) });
    expect(found).toHaveLength(4);
    expect(report).toMatchObject({ findings: [], counts: { findings: { unknownKey: 4 } } });
  });

  it("rejects where a destination cannot be read, keeps no history, or does not exist", async () => {
    const shop = openShop({ change: ({ ledger, crm }) => ({ ledger, crm: { ...crm, consentHistory: undefined } }) });
    await fill(shop);
    const codeOf = (destinationId: string): Promise<string> =>
      shop.governance.verify({ destinationId }).then(() => "resolved", (error: unknown) => (ConnectorError.isInstance(error) ? error.code : "other"));
    shop.ledger.fail({ kind: "unavailable" });
    expect([await codeOf("ledger"), await codeOf("crm"), await codeOf("nowhere")]).toEqual(["unavailable", "unsupported", "invalidInput"]);
  });
});

describe("verify many decisions", () => {
  it("checks the signature of each batch once", async () => {
    const { volenti } = openShop();
    const submissions = Array.from({ length: 300 }, (_, index) => toSubmission({ email: `person${index}@example.com` }));
    for await (const result of volenti.collectMany(submissions, { batchSize: 100 })) expect(result.outcome).toBe("delivered");
    let signatures = 0;
    const crypto: CryptoPort = {
      ...volenti.crypto,
      verifyEd25519: (request) => {
        signatures += 1;
        return volenti.crypto.verifyEd25519(request);
      },
    };
    const report = await createGovernance({ ...volenti, crypto }).verify({ destinationId: "ledger" });
    expect(report).toMatchObject({ valid: true, counts: { decisions: 300, sound: 300, subjects: 300 } });
    expect(signatures).toBe(3);
  });
});
