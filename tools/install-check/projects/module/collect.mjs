// A stranger's application of modules: collects into memory, and verifies the receipt with the public keys alone.
import assert from "node:assert/strict";
import { createVolenti, defineConfig, verifyReceipt } from "@volenti/core";
import { residencyRules } from "@volenti/jurisdictions";
import { createMemoryConnector } from "@volenti/memory";
import { fileKeyring, nodeCrypto } from "@volenti/node";

const keys = fileKeyring("./keys");
const volenti = createVolenti(
  defineConfig({
    controller: { id: "stranger", name: "Stranger", country: "FR", contact: "privacy@example.com", privacyPolicyUrl: "https://example.com/privacy" },
    purposes: [{ key: "news", version: "1", basis: "consent", mechanism: "optIn", channels: ["email"], attributes: ["email"], label: { en: "News" } }],
    notices: [{ id: "signup", version: "1", locale: "en-GB", purposes: ["news"], firstLayer: "News?", text: "News, once a month.", policyUrl: "https://example.com/privacy" }],
    destinations: { memory: createMemoryConnector({ region: "EU" }) },
    routes: [{ to: ["memory"] }],
    residency: { rules: residencyRules },
    keys,
  }),
);
const result = await volenti.collect({
  submissionId: "5f0f5e0e-6a1e-4a53-9d0b-0f5d3b0c7f11",
  collectionPoint: "website",
  occurredAt: new Date().toISOString(),
  country: "FR",
  subject: { identifiers: [{ kind: "email", value: "ines@example.com" }] },
  profile: { email: "ines@example.com" },
  decisions: [{ purpose: "news", channel: "email", status: "given", notice: "signup", noticeVersion: "1", locale: "en-GB", method: "checkbox" }],
});
assert.equal(result.outcome, "delivered");
assert.ok(result.receipt);
const publicKeys = keys.describe().flatMap(({ publicKey }) => (publicKey === undefined ? [] : [publicKey]));
const verification = await verifyReceipt({ receipt: result.receipt, publicKeys, crypto: nodeCrypto });
assert.equal(verification.valid, true);
assert.equal(verification.decisions.length, 1);
await volenti.close();
