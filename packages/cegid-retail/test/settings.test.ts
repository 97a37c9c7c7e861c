import { describe, expect, it } from "vitest";
import { resolveSettings } from "../src/resolve-settings.ts";
import { LEAST_OPTIONS } from "./support/mapping-world.ts";

describe("the settings", () => {
  it("need eight members and give everything else a default", () => {
    const settings = resolveSettings(LEAST_OPTIONS);
    expect(settings.error).toBeNull();
    expect(settings).toMatchObject({
      username: "12345678_001_TEST\\VOLENTI",
      slots: null,
      linkField: "Barcode",
      customerIdStrategy: "deterministic",
      anonymisation: null,
      timeoutInMs: 30_000,
      maxConcurrency: 4,
      allowInsecureHttp: false,
      profile: { placeholderLastName: "-", countryIdType: "ISO2" },
      consent: { partnerPurpose: null, receiptPurpose: null, writeEmailingAccepted: true, writeDirectMail: true },
    });
  });

  it("keep a user name that brings its own domain", () => {
    expect(resolveSettings({ ...LEAST_OPTIONS, username: String.raw`OTHER\VOLENTI` }).username).toBe(String.raw`OTHER\VOLENTI`);
  });

  it("take a slash off the end of the address", () => {
    expect(resolveSettings({ ...LEAST_OPTIONS, baseUrl: "https://y2.example/Y2/" }).baseUrl).toBe("https://y2.example/Y2");
  });

  it("take numbers for user fields", () => {
    const { slots } = resolveSettings({ ...LEAST_OPTIONS, slots: { effectiveAt: 11, decisionId: { userDefinedText: 3 } } });
    expect(slots).toEqual({
      effectiveAt: { kind: "userField", id: 11, valueKind: "date" },
      decisionId: { kind: "userDefinedText", id: "3" },
    });
  });

  it.each<[string, object]>([
    ["baseUrl", { baseUrl: "y2.example" }],
    ["baseUrl", { baseUrl: "https://user:secret@y2.example/Y2" }],
    ["folderId", { folderId: "" }],
    ["password", { password: undefined }],
    ["usualStoreId", { usualStoreId: "" }],
    ["timeZone", { timeZone: "Europe/Nowhere" }],
    ["timeZone", { timeZone: "" }],
    ["privacyGranularity", { privacyGranularity: "everything" }],
    ["api", { api: "management" }],
    ["customerIdStrategy", { customerIdStrategy: "random" }],
    ["optIns", { optIns: { "marketing.email": "OptInEmail" } }],
    ["optIns", { optIns: { news: { email: ["OptinEmail", "Closed"] } } }],
    ["partnerPurpose", { partnerPurpose: "sale", optIns: { sale: "OptinEmail" } }],
    ["partnerPurpose", { partnerPurpose: "sale", receiptPurpose: "sale" }],
    ["receiptPurpose", { receiptPurpose: "receipt", optIns: { receipt: null } }],
    ["slots", { slots: { effectiveAt: { userDefinedDate: 4 }, decisionId: 1 } }],
    ["slots", { slots: { effectiveAt: 7, decisionId: 7 } }],
    ["slots", { slots: { effectiveAt: 7 } }],
    ["purposeFields", { slots: { effectiveAt: 7, decisionId: 8 }, purposeFields: { news: { email: 8 } } }],
    ["fieldMap", { fieldMap: { shoeSize: "ShoeSize" } }],
    ["fieldMap", { fieldMap: { shoeSize: "OptinEmail" } }],
    ["fieldMap", { fieldMap: { shoeSize: { userDefinedTable: 10 } } }],
    ["fieldMap", { linkField: { userField: 5 }, fieldMap: { shoeSize: { userField: 5, kind: "number" } } }],
    ["matchKeys", { matchKeys: [{ kind: "email", field: "EmailData.Mail" }] }],
    ["matchKeys", { matchKeys: [{ kind: "email", field: "CustomerReference" }] }],
    ["matchKeys", { matchKeys: [{ kind: "name", field: "LastName" }] }],
    ["countryMap", { countryIdType: "ISO3" }],
    ["placeholderLastName", { placeholderLastName: "" }],
    ["timeoutInMs", { timeoutInMs: 0 }],
    ["maxConcurrency", { maxConcurrency: 1.5 }],
    ["anonymisation", { anonymisation: { method: "GET" } }],
    ["proxy", { proxy: "proxy" }],
  ])("name %s where it cannot be right", (name, wrong) => {
    const { error } = resolveSettings({ ...LEAST_OPTIONS, ...wrong });
    expect(error?.code).toBe("invalidConfiguration");
    expect(error?.fieldNames).toContain(name);
    expect(JSON.stringify(error)).not.toContain("secret");
  });
});
