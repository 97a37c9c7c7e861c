// A stranger's application of CommonJS: every package by require, then the same as the modules do.
const assert = require("node:assert/strict");
const { createVolenti, defineConfig, verifyReceipt } = require("@volenti/core");
const { residencyRules } = require("@volenti/jurisdictions");
const { createMemoryConnector } = require("@volenti/memory");
const { fileKeyring, nodeCrypto } = require("@volenti/node");
const { dependencies } = require("./package.json");

// Each package is a module without a top-level await, so that require loads it on any Node since 22.12. The kit's entry
// for vitest is for vitest, which is modules only.
for (const name of [...Object.keys(dependencies), "@volenti/core/adapter"]) assert.ok(Object.keys(require(name)).length > 0, name);

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
async function collect() {
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
}

void collect();
