import { createSalesforceEmulator, listenOnLoopback, type SalesforceEmulator, type SalesforceEmulatorOptions } from "@volenti/emulators";
import { afterEach, describe, expect, it } from "vitest";
import { runBulkUpsert } from "../src/bulk/run-bulk-upsert.ts";
import { soql } from "../src/query/soql.ts";
import type { SalesforceSession } from "../src/transport/salesforce-session.ts";
import { createTestClock, openSession, READ, rejection } from "./support/transport-org.ts";
import { deployPackage } from "./support/read-org.ts";

const opened: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const resource of opened.splice(0).toReversed()) await resource.close();
});

async function connect(options: SalesforceEmulatorOptions = {}): Promise<{ emulator: SalesforceEmulator; session: SalesforceSession }> {
  const clock = createTestClock();
  const emulator = createSalesforceEmulator({ now: () => clock.now(), ...options });
  deployPackage(emulator);
  const server = await listenOnLoopback({ handle: (request) => emulator.handle(request) });
  const { clientId, clientSecret } = emulator.credentials;
  const session = openSession({ options: { loginUrl: server.url, auth: { kind: "clientCredentials", clientId, clientSecret } }, clock });
  opened.push(server, session);
  return { emulator, session };
}

function refs(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `ref-${index}`);
}

describe("against an org", () => {
  it("a session signs in, is renewed when it expired, and counts the day's calls", async () => {
    const { emulator, session } = await connect({ dailyLimit: 1000 });
    await session.call(READ);
    emulator.faults.expireSessions();
    expect((await session.call(READ)).status).toBe(200);
    expect(session.usage()).toMatchObject({ limit: 1000 });
  });

  it("a day that is used up is rateLimited", async () => {
    const { emulator, session } = await connect();
    await session.call(READ);
    emulator.faults.setDailyLimit(emulator.calls.total());
    expect(await rejection(session.call(READ))).toMatchObject({ code: "rateLimited", httpStatus: 403 });
  });

  it("a bulk job writes rows with their parents, clears what is null, and tells refusals by their marker", async () => {
    const { emulator, session } = await connect();
    const upsert = (objectName: string, rows: Parameters<typeof runBulkUpsert>[0]["rows"], keyField = "VolentiRef__c") =>
      Array.fromAsync(runBulkUpsert({ session, objectName, keyField, rows, operation: "intake.write" }));
    const individuals = await upsert("Individual", refs(3).map((ref) => ({ VolentiRef__c: ref, LastName: "ref" })));
    expect(individuals.map(({ outcome }) => outcome)).toEqual(["created", "created", "created"]);
    const contact = (fields: Record<string, string | number | null>) => ({ VolentiRef__c: "ref-0", Individual: { VolentiRef__c: "ref-0" }, LastName: "Moreau", ...fields });
    expect(await upsert("Contact", [contact({ FirstName: "Inès, \"la\"\n", VolentiGivenNameAt__c: 2000 })])).toMatchObject([{ outcome: "created" }]);
    expect(await upsert("Contact", [contact({ FirstName: "Ines", VolentiGivenNameAt__c: 1000 })])).toMatchObject([{ outcome: "failed", marker: "superseded" }]);
    expect(await upsert("Contact", [contact({ FirstName: null, VolentiGivenNameAt__c: 3000 })])).toMatchObject([{ outcome: "updated" }]);
    expect(emulator.org.rows("Contact")).toMatchObject([{ FirstName: null, LastName: "Moreau", VolentiGivenNameAt__c: 3000 }]);
    expect(emulator.org.rows("Contact")[0]?.["IndividualId"]).toBe(emulator.org.rows("Individual").find((row) => row["VolentiRef__c"] === "ref-0")?.["Id"]);
  });

  it("a query of many refs brings every row, and finds texts with marks of SOQL", async () => {
    const { session } = await connect();
    const hostile = String.raw`o'hara\' OR Name != '`;
    const rows = [...refs(2100), hostile].map((ref) => ({ VolentiRef__c: ref, LastName: "ref" }));
    for await (const result of runBulkUpsert({ session, objectName: "Individual", keyField: "VolentiRef__c", rows, operation: "intake.write" })) {
      expect(result.outcome).toBe("created");
    }
    const query = (condition: ReturnType<typeof soql>) => session.query({ soql: soql`SELECT VolentiRef__c FROM Individual WHERE ${condition}`, operation: "profiles.find" });
    expect(await Array.fromAsync(query(soql`LastName != ${null}`))).toHaveLength(2101);
    expect(await Array.fromAsync(query(soql`VolentiRef__c = ${hostile}`))).toMatchObject([{ VolentiRef__c: hostile }]);
    expect(await Array.fromAsync(query(soql`VolentiRef__c IN ${refs(300)}`))).toHaveLength(300);
  });
});
