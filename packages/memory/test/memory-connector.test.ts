import { ConnectorError } from "@volenti/core/adapter";
import { createMemoryConnector, createMemorySystem } from "@volenti/memory";
import { expect, test } from "vitest";

const STRANGER = { subjectRef: "a".repeat(26) };

test("connectors of one system share what it holds, and connectors of their own share nothing", async () => {
  const system = createMemorySystem();
  const [left, right] = [createMemoryConnector({ region: "EU", system }), createMemoryConnector({ region: "FR", system })];
  const alone = createMemoryConnector({ region: "EU" });
  await Promise.all([left, right, alone].map((connector) => connector.checkConnection()));
  expect(system.countConnections()).toBe(2);
});

test("the region and the transfer mechanism are those of the options", () => {
  expect(createMemoryConnector({ region: "RU" })).toMatchObject({ region: "RU", connectorId: "memory" });
  expect(createMemoryConnector({ region: "RU" })).not.toHaveProperty("transferMechanism");
  expect(createMemoryConnector({ region: "US", transferMechanism: "standardContractualClauses" }).transferMechanism).toBe(
    "standardContractualClauses",
  );
});

test("a connector without a ledger has none, and claims the two kinds that profiles hold", () => {
  const connector = createMemoryConnector({ region: "EU", ledger: false });
  expect(connector).not.toHaveProperty("ledger");
  expect(connector.traits.subjectKeys).toEqual(["email", "phone"]);
});

test("a failure that is rehearsed ends when it is ended", async () => {
  const system = createMemorySystem();
  const connector = createMemoryConnector({ region: "EU", system });
  system.fail({ kind: "rateLimited", notBefore: 1_800_000_000_000 });
  const error: unknown = await connector.consent.listStates(STRANGER).catch((reason: unknown) => reason);
  expect(ConnectorError.isInstance(error) && error.toJSON()).toMatchObject({
    code: "rateLimited",
    operation: "consent.listStates",
    retry: { kind: "afterDelay", notBefore: 1_800_000_000_000 },
    providerCode: "RATE_LIMITED",
  });
  system.fail(null);
  expect(await connector.consent.listStates(STRANGER)).toEqual([]);
});

test("a look-up before attachment says that the configuration is wrong", async () => {
  const connector = createMemoryConnector({ region: "EU" });
  const identifiers = [{ kind: "email", value: "ines@example.com" }] as const;
  const submission = { submissionId: "5f0f5e0e-6a1e-4a53-9d0b-0f5d3b0c7f11", contentDigest: "", keyId: "" };
  const query = { proposedRef: STRANGER.subjectRef, identifiers, submission, decisionIds: [], country: "FR", test: false, occurredAt: 0, onlyRefuses: false };
  await expect(connector.ledger?.consult({ queries: [query] })).rejects.toMatchObject({ code: "invalidConfiguration" });
});

test("its check says that nothing is kept", async () => {
  const { findings } = await createMemoryConnector({ region: "EU" }).checkConnection();
  expect(findings.map(({ code }) => code)).toEqual(["durabilityNone"]);
});
