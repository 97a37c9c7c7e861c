import { expect, test } from "vitest";
import { runCommand } from "./support/run-command.ts";
import { ndjson, submission } from "./support/submissions.ts";
import { createTestFolder } from "./support/test-folder.ts";

async function exported(format: "kantara" | "dpv", status = "given") {
  const folder = createTestFolder();
  const [decision] = submission(1)["decisions"] as Record<string, unknown>[];
  const input = ndjson([submission(1, { decisions: [{ ...decision, status }] })]);
  const line = await runCommand({ arguments: ["collect", "-", "--json"], folder: folder.path, input });
  const [result] = line.json() as [{ decisions: [{ id: string }] }];
  const answer = await runCommand({ arguments: ["receipt", "-", "--format", format, "--json"], folder: folder.path, input: line.stdout });
  return { folder, answer, id: result.decisions[0].id, line: line.stdout };
}

test("a receipt is exported as a Kantara Consent Receipt 1.1, its time in seconds", async () => {
  const { answer } = await exported("kantara");
  expect(answer.code).toBe(0);
  const [receipt] = answer.json() as [Record<string, unknown>];
  expect(Object.keys(receipt)).toEqual([
    "version", "jurisdiction", "consentTimestamp", "collectionMethod", "consentReceiptID", "language", "piiPrincipalId", "piiControllers",
    "policyUrl", "services", "sensitive", "spiCat",
  ]);
  expect(receipt).toMatchObject({
    version: "KI-CR-v1.1.0",
    consentTimestamp: Math.floor(Date.parse(String(submission(1)["occurredAt"])) / 1000),
    consentReceiptID: submission(1)["submissionId"],
    piiControllers: [{ piiController: "Maison Exemple", email: "privacy@example.com" }],
    policyUrl: "https://example.com/fr",
    services: [{ purposes: [{ purpose: "News by e-mail", consentType: "EXPLICIT", piiCategory: ["email", "givenName"], thirdPartyDisclosure: false }] }],
  });
});

test("a refusal is no Kantara receipt, and says so", async () => {
  const { answer } = await exported("kantara", "refused");
  expect([answer.code, answer.stdout]).toEqual([1, ""]);
  expect(answer.stderr).toContain("grants nothing");
});

test.each([["given", "dpv:ConsentGiven"], ["refused", "dpv:ConsentRefused"], ["withdrawn", "dpv:ConsentWithdrawn"], ["revoked", "dpv:ConsentRevoked"]])(
  "a decision that was %s is a DPV record with %s",
  async (status, expected) => {
    const { answer, id } = await exported("dpv", status);
    expect(answer.code).toBe(0);
    expect(answer.json()).toMatchObject([
      {
        "@type": "dpv:ConsentReceipt",
        "dct:hasPart": [
          {
            "@id": `urn:uuid:${id}`,
            "@type": "dpv:ConsentRecord",
            "dpv:hasConsentStatus": { "@id": expected },
            "dpv:isIndicatedAtTime": { "@value": submission(1)["occurredAt"] },
            "dpv:hasNotice": { "dct:identifier": "signup@3@fr-FR" },
            "dpv:hasProcess": { "dpv:hasLegalBasis": { "@id": "eu-gdpr:A6-1-a-non-explicit-consent" } },
          },
        ],
      },
    ]);
  },
);

test("nothing is exported of a receipt that does not hold, or whose records are nowhere", async () => {
  const { folder, line } = await exported("dpv");
  const { receipt } = JSON.parse(line) as { receipt: string };
  const run = (input: string) => runCommand({ arguments: ["receipt", "-", "--format", "dpv"], folder: folder.path, input });
  const damaged = await run(receipt.slice(0, -4));
  expect([damaged.code, damaged.stdout]).toEqual([1, ""]);
  folder.systems.eu.records.decisions.clear();
  const missing = await run(receipt);
  expect([missing.code === 0, missing.stdout]).toEqual([false, ""]);
  expect(missing.stderr).toContain("recordsMissing");
});
