import { createGovernance } from "@volenti/governance";
import { describe, expect, it } from "vitest";
import { EVENTS, NEWS, openBrand, SMS, submissionOf, type Brand } from "./support/open-brand.ts";

async function openFilledBrand(people: number): Promise<Brand> {
  const brand = await openBrand();
  const submissions = Array.from({ length: people }, (_, index) =>
    submissionOf({
      email: `person-${index}@example.com`,
      decisions: [
        { ...NEWS, status: "given" },
        { ...EVENTS, status: index % 2 === 0 ? "given" : "refused" },
        { ...SMS, status: "refused" },
      ],
    }),
  );
  for await (const { outcome } of brand.volenti.collectMany(submissions)) expect(outcome).toBe("delivered");
  brand.emulator.calls.reset();
  return brand;
}

describe("verifying an org", () => {
  it("takes at most twelve calls for four hundred people with three decisions each", async () => {
    const { volenti, emulator } = await openFilledBrand(400);
    const report = await createGovernance(volenti).verify({ destinationId: "crm" });
    expect(report).toMatchObject({ valid: true, counts: { decisions: 1200, sound: 1200, subjects: 400, withoutStates: 0, followedStates: 0 } });
    expect(emulator.calls.total()).toBeLessThanOrEqual(12);
  });

  it("finds the one consent that was made a grant in the org, among many people", async () => {
    const { volenti, emulator, rows } = await openFilledBrand(90);
    const refused = rows("ContactPointTypeConsent").filter((row) => row["VolentiStatus__c"] === "refused");
    const row = refused[refused.length - 1] ?? expect.fail("nobody refused");
    emulator.org.update({ objectName: "ContactPointTypeConsent", id: String(row["Id"]), values: { VolentiStatus__c: "given" } });
    const { findings } = await createGovernance(volenti).verify({ destinationId: "crm" });
    expect(findings).toEqual([{ code: "stateMismatch", decisionId: row["VolentiDecisionId__c"], subjectRef: row["VolentiSubjectRef__c"], field: "status" }]);
  });

  it("finds the one decision whose words, proof or signature were changed past the rules of the org", async () => {
    const { volenti, emulator, rows } = await openFilledBrand(20);
    const row = rows("VolentiDecision__c")[7] ?? expect.fail("nothing was written");
    const decisionId = row["VolentiDecisionId__c"];
    const codesAfter = async (values: Readonly<Record<string, string>>): Promise<readonly string[]> => {
      const kept = Object.fromEntries(Object.keys(values).map((name) => [name, String(row[name])]));
      emulator.org.update({ objectName: "VolentiDecision__c", id: String(row["Id"]), values });
      const { valid, findings } = await createGovernance(volenti).verify({ destinationId: "crm" });
      emulator.org.update({ objectName: "VolentiDecision__c", id: String(row["Id"]), values: kept });
      expect(valid).toBe(false);
      return findings.flatMap((finding) => ("decisionId" in finding && finding.decisionId === decisionId ? [finding.code] : []));
    };
    const changed = (name: string, from: RegExp, to: (found: string) => string): Readonly<Record<string, string>> => ({ [name]: String(row[name]).replace(from, to) });
    const otherDigit = (found: string): string => found.replace(/.$/, (digit) => (Number.parseInt(digit, 16) ^ 1).toString(16));
    expect(await codesAfter(changed("VolentiCanonical__c", /"version":"/, (found) => `${found}x`))).toEqual(expect.arrayContaining(["hashMismatch", "badProof"]));
    expect(await codesAfter(changed("VolentiProof__c", /[0-9a-f]{64}/, otherDigit))).toContain("badProof");
    expect(await codesAfter(changed("VolentiHead__c", /\.[^.]/, (found) => (found === ".A" ? ".B" : ".A")))).not.toEqual([]);
    expect((await createGovernance(volenti).verify({ destinationId: "crm" })).valid).toBe(true);
  });
});

describe("what a decision row repeats of its record", () => {
  it.each([
    ["VolentiStatus__c", "withdrawn", "status"],
    ["VolentiPurpose__c", "marketing.other", "purpose"],
    ["VolentiChannel__c", null, "channel"],
    ["VolentiNoticeVersion__c", "99", "noticeVersion"],
    ["VolentiOccurredAt__c", "2020-01-01T00:00:00.000Z", "occurredAt"],
    ["VolentiEffectiveAt__c", 1, "effectiveAt"],
    ["VolentiCollectionPoint__c", "elsewhere", "collectionPoint"],
    ["VolentiTest__c", true, "test"],
  ])("is compared, for whoever switched the rule off and edited it: %s", async (name, value, field) => {
    const { volenti, rows, alter } = await openFilledBrand(2);
    const { VolentiDecisionId__c: decisionId } = rows("VolentiDecision__c")[1] ?? expect.fail("nothing was written");
    alter(async (answer) => {
      const text = await answer.text();
      const edit = (_name: string, part: unknown): unknown => (isRow(part) && part.VolentiDecisionId__c === decisionId ? { ...part, [name]: value } : part);
      return Response.json(JSON.parse(JSON.stringify(JSON.parse(text), edit)), answer);
    });
    const { findings } = await createGovernance(volenti).verify({ destinationId: "crm" });
    expect(findings).toContainEqual(expect.objectContaining({ decisionId, field }));
  });
});

function isRow(part: unknown): part is { readonly VolentiDecisionId__c: unknown } {
  return typeof part === "object" && part !== null && "VolentiCanonical__c" in part && "VolentiDecisionId__c" in part;
}

describe("the states of several people", () => {
  it("are read two hundred people a call", async () => {
    const { volenti, emulator, rows } = await openFilledBrand(210);
    const refs = [...new Set(rows("ContactPointTypeConsent").map((row) => String(row["VolentiSubjectRef__c"])))];
    const states = await volenti.destinations.get("crm")?.consent.listStatesOf?.({ subjectRefs: refs });
    expect(states?.size).toBe(210);
    expect([...(states?.values() ?? [])].every((own) => own.length === 3)).toBe(true);
    expect(emulator.calls.total()).toBe(2);
  });

  it("cannot be read where a row of one of them cannot", async () => {
    const { volenti, emulator, rows } = await openFilledBrand(3);
    const [row = expect.fail("nobody was written")] = rows("ContactPointTypeConsent");
    emulator.org.update({ objectName: "ContactPointTypeConsent", id: String(row["Id"]), values: { VolentiStatus__c: "no idea" } });
    const subjectRefs = rows("Individual").map((person) => String(person["VolentiRef__c"]));
    const read = volenti.destinations.get("crm")?.consent.listStatesOf?.({ subjectRefs });
    await expect(read).rejects.toMatchObject({ code: "malformedResponse", operation: "consent.listStatesOf", providerCode: "stateUnreadable" });
  });
});
