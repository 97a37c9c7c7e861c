// A stranger's application in TypeScript: what the declarations say is compiled strictly, and what they say is there runs.
import assert from "node:assert/strict";
import { createVolenti, defineConfig, verifyReceipt, type SubmissionResult } from "@volenti/core";
import type { ConnectorV1 } from "@volenti/core/adapter";
import { createGovernance } from "@volenti/governance";
import { residencyRules } from "@volenti/jurisdictions";
import { createMemoryConnector } from "@volenti/memory";
import { fileKeyring, nodeCrypto } from "@volenti/node";

const keys = fileKeyring("./keys");
const memory: ConnectorV1 = createMemoryConnector({ region: "EU" });
const volenti = createVolenti(
  defineConfig({
    controller: { id: "stranger", name: "Stranger", country: "FR", contact: "privacy@example.com", privacyPolicyUrl: "https://example.com/privacy" },
    purposes: [{ key: "news", version: "1", basis: "consent", mechanism: "optIn", channels: ["email"], attributes: ["email"], label: { en: "News" } }],
    notices: [{ id: "signup", version: "1", locale: "en-GB", purposes: ["news"], firstLayer: "News?", text: "News, once a month.", policyUrl: "https://example.com/privacy" }],
    destinations: { memory },
    routes: [{ to: ["memory"] }],
    residency: { rules: residencyRules },
    keys,
  }),
);
const result: SubmissionResult = await volenti.collect({
  submissionId: "5f0f5e0e-6a1e-4a53-9d0b-0f5d3b0c7f11",
  collectionPoint: "website",
  occurredAt: new Date().toISOString(),
  country: "FR",
  subject: { identifiers: [{ kind: "email", value: "ines@example.com" }] },
  profile: { email: "ines@example.com" },
  decisions: [{ purpose: "news", channel: "email", status: "given", notice: "signup", noticeVersion: "1", locale: "en-GB", method: "checkbox" }],
});
assert.equal(result.outcome, "delivered");
const publicKeys = keys.describe().flatMap(({ publicKey }) => (publicKey === undefined ? [] : [publicKey]));
const verification = await verifyReceipt({ receipt: result.receipt ?? "", publicKeys, crypto: nodeCrypto });
assert.equal(verification.valid, true);
const view = await createGovernance(volenti).show({ identifier: { kind: "email", value: "ines@example.com" } });
assert.ok(view.consents.some(({ purpose, answer }) => purpose === "news" && answer === "granted"));
await volenti.close();
