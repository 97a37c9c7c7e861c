import type { JsonValue, ProfilePatch } from "@volenti/core/adapter";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isCustomerId, planLinkMarker, readLinkMarker, toCustomerId } from "../src/mapping/customer-id.ts";
import { mergeMembers, toUpdateMembers } from "../src/mapping/merge-members.ts";
import { toProfileMembers } from "../src/mapping/to-profile-members.ts";
import { toProfile } from "../src/mapping/to-profile.ts";
import { mergeUserWrites } from "../src/mapping/user-slot.ts";
import type { CustomerQueryData } from "../src/soap/data-contract.ts";
import { makeSettings } from "./support/mapping-world.ts";

const settings = makeSettings({
  sexMap: { female: "F", male: "M" },
  titleMap: { female: "MRS", male: "MR" },
  languageMap: { "fr-FR": "FRA", es: "ESP" },
  countryMap: { FR: "FRA" },
  fieldMap: {
    nickname: "ShortName",
    homePhone: "PhoneData.HomePhoneNumber",
    shoeSize: { userField: 31, kind: "number" },
    vip: { userDefinedBoolean: 1 },
    anniversary: { userDefinedDate: 1 },
    favourite: { userDefinedTable: 4 },
    preferredUsername: null,
  },
});
const REF = "abcdefghijklmnopqrstuvwxyz";

function patch(values: Readonly<Record<string, JsonValue>>): ProfilePatch {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value, changedAt: 0, submissionId: "5f0f5e0e-6a1e-4a53-9d0b-0f5d3b0c7f11" }]));
}

/** What would be stored, and how each attribute fared. */
function write(values: Readonly<Record<string, JsonValue>>, stored: CustomerQueryData | null = null): { record: CustomerQueryData; outcomes: object } {
  const { members, writes, outcomes } = toProfileMembers({ settings, patch: patch(values), stored });
  const parts = [members, mergeUserWrites({ stored, writes })];
  return { record: stored === null ? mergeMembers(parts) : mergeMembers([stored, toUpdateMembers({ stored, parts })]), outcomes };
}

function readValues(stored: CustomerQueryData): object {
  return Object.fromEntries(Object.entries(toProfile({ settings, stored })).map(([name, { value }]) => [name, value]));
}

const INES = {
  givenName: "Inès",
  familyName: "Moreau",
  email: "ines@example.com",
  phoneNumber: "+33199000001",
  birthdate: "1990-02-03",
  gender: "female",
  locale: "fr-FR",
  "address.streetAddress": "1 rue de l'Exemple\nBâtiment B",
  "address.locality": "Paris",
  "address.postalCode": "07501",
  "address.country": "FR",
  nickname: "Nès",
  homePhone: "+33199000002",
  shoeSize: 38.5,
  vip: false,
  anniversary: "2020-06-07",
  favourite: "RED",
};

describe("a profile", () => {
  it("goes into Cegid's members", () => {
    const { record } = write(INES);
    expect(record).toMatchObject({
      FirstName: "Inès",
      LastName: "Moreau",
      EmailData: { Email: "ines@example.com" },
      PhoneData: { CellularPhoneNumber: "+33199000001", HomePhoneNumber: "+33199000002" },
      BirthDateData: { BirthDateDay: 3, BirthDateMonth: 2, BirthDateYear: 1990 },
      Sex: "F",
      TitleId: "MRS",
      LanguageId: "FRA",
      AddressData: { AddressLine1: "1 rue de l'Exemple", AddressLine2: "Bâtiment B", AddressLine3: "", City: "Paris", ZipCode: "07501", CountryId: "FR", CountryIdType: "ISO2" },
      ShortName: "Nès",
      UserDefinedData: { UserDefinedTable4Value: "RED" },
      UserDefinedBooleans: [{ Id: "1", Value: false }],
      UserDefinedDates: [{ Id: "1", Value: "2020-06-07T00:00:00" }],
      UserFields: [{ Id: 31, ValueType: "NumberValueKind", NumberValue: "38.5" }],
      UsualStoreId: "001",
      ValidEmail: true,
      ValidMobile: true,
    });
  });

  it("comes back as it was", () => {
    expect(readValues(write(INES).record)).toEqual(INES);
  });

  it("has nothing to write for what is there already", () => {
    const { record } = write(INES);
    const plan = toProfileMembers({ settings, patch: patch(INES), stored: record });
    expect([plan.members, plan.writes]).toEqual([{}, []]);
    expect(new Set(Object.values(plan.outcomes))).toEqual(new Set(["unchanged"]));
  });

  it("is gone where it was cleared", () => {
    const { record } = write(INES);
    const cleared = write(Object.fromEntries(Object.keys(INES).map((name) => [name, null])), record);
    expect(readValues(cleared.record)).toEqual({ vip: false });
    expect(cleared.record).toMatchObject({ LastName: "-", EmailData: { Email: "" }, ValidEmail: false, BirthDateData: { BirthDateYear: 1900 } });
  });

  it("has the placeholder for a family name that was not given", () => {
    const { record } = write({ givenName: "Inès" });
    expect(record).toMatchObject({ LastName: "-", UsualStoreId: "001" });
    expect(readValues(record)).toEqual({ givenName: "Inès" });
  });

  it.each<[string, JsonValue]>([
    ["familyName", "-"],
    ["familyName", "x".repeat(36)],
    ["givenName", " Inès"],
    ["givenName", ""],
    ["givenName", "In\u0007es"],
    ["givenName", "In\u0085es"],
    ["givenName", "In\uFFFFes"],
    ["givenName", "In\uD83Des"],
    ["givenName", 7],
    ["nickname", "x".repeat(18)],
    ["address.streetAddress", "x".repeat(71)],
    ["address.streetAddress", "a\nb\nc\nd"],
    ["address.streetAddress", "a\n\nb"],
    ["address.streetAddress", "a\r\nb"],
    ["address.locality", "x".repeat(71)],
    ["address.country", "France"],
    ["birthdate", "1990"],
    ["birthdate", "1990-02-30"],
    ["birthdate", "1900-05-05"],
    ["birthdate", "0000-01-01"],
    ["gender", "other"],
    ["locale", "it-IT"],
    ["shoeSize", "38"],
    ["shoeSize", 0],
    ["shoeSize", 1e-9],
    ["vip", "yes"],
    ["anniversary", "1900-01-01"],
    ["favourite", ["RED"]],
  ])("refuses %s %j rather than changing it", (name, value) => {
    const { record, outcomes } = write({ email: "ines@example.com", [name]: value });
    expect(outcomes).toMatchObject({ email: "applied", [name]: "rejected" });
    expect(readValues(record)).toEqual({ email: "ines@example.com" });
  });

  it.each(["preferredUsername", "address.region"])("says that %s has no place, which is no failure", (name) => {
    const { record, outcomes } = write({ email: "ines@example.com", [name]: "Île-de-France" });
    expect(outcomes).toMatchObject({ email: "applied", [name]: "notKept" });
    expect(readValues(record)).toEqual({ email: "ines@example.com" });
  });

  it.each(["O'Brien & <Sons> \"Ltd\"", "Žofie 🎁", "李小龍", "Ångström"])("takes the name %j to the letter", (familyName) => {
    expect(readValues(write({ familyName }).record)).toEqual({ familyName });
  });

  it("keeps a birthday without its year", () => {
    expect(readValues(write({ birthdate: "0000-02-29" }).record)).toEqual({ birthdate: "0000-02-29" });
  });

  it("has no birthday on the 1st of January 1900", () => {
    expect(readValues({ BirthDateData: { BirthDateDay: 1, BirthDateMonth: 1, BirthDateYear: 1900 } })).toEqual({});
    expect(readValues({ BirthDateData: { BirthDateDay: 0, BirthDateMonth: 0, BirthDateYear: 0 } })).toEqual({});
  });

  it("finds a country in the tenant's own code, and leaves out one it cannot read", () => {
    expect(readValues({ AddressData: { CountryId: "FRA", CountryIdType: "Internal" } })).toEqual({ "address.country": "FR" });
    expect(readValues({ AddressData: { CountryId: "ESP", CountryIdType: "Internal" } })).toEqual({});
  });

  it("was changed when the record was", () => {
    const stored = { FirstName: "Inès", LastDateUpdate: "2026-07-01T12:00:00" };
    expect(toProfile({ settings, stored })).toEqual({ givenName: { dateOf: "record", value: "Inès", changedAt: Date.parse("2026-07-01T10:00:00Z") } });
  });

  it("comes back to the letter or is refused, whatever it is", () => {
    const text = fc.oneof(fc.string(), fc.string({ unit: "binary" }), fc.string({ minLength: 30, maxLength: 80 }));
    fc.assert(
      fc.property(fc.constantFrom("givenName", "familyName", "address.streetAddress", "address.locality", "nickname", "birthdate"), text, (name, value) => {
        const { record, outcomes } = write({ [name]: value });
        const isRefused = Object.values(outcomes).includes("rejected");
        expect(readValues(record)).toEqual(isRefused ? {} : { [name]: value });
      }),
    );
  });
});

describe("an update", () => {
  const stored: CustomerQueryData = {
    IsCompany: false,
    Closed: true,
    IsProspect: true,
    DirectMail: true,
    ValidEmail: true,
    OptinEmail: "BrandOnly",
    EmailData: { Email: "ines@example.com", EmailingAccepted: true, SendReceiptByMail: true },
    AddressData: { City: "Paris", CountryId: "FRA", CountryIdType: "Internal", Nata: true },
  };

  it("carries what a server would reset if it were left out", () => {
    expect(toUpdateMembers({ stored, parts: [{ FirstName: "Inès" }] })).toMatchObject({ IsCompany: false, Closed: true, IsProspect: true, DirectMail: true, ValidEmail: true, OptinEmail: "BrandOnly", FirstName: "Inès" });
  });

  it("sends no nested class that does not change, and the flags and the country of one that does", () => {
    expect(toUpdateMembers({ stored, parts: [] })).not.toHaveProperty("AddressData");
    expect(toUpdateMembers({ stored, parts: [{ AddressData: { City: "Lyon" } }, { EmailData: { Email: "i@example.org" } }] })).toMatchObject({
      AddressData: { City: "Lyon", CountryId: "FRA", CountryIdType: "Internal", Nata: true },
      EmailData: { Email: "i@example.org", EmailingAccepted: true, SendReceiptByMail: true },
    });
  });
});

describe("a customer's id", () => {
  it("is V and 16 characters of the ref in upper case", () => {
    expect(toCustomerId(REF)).toBe("VABCDEFGHIJKLMNOP");
  });

  it("is one of ours, and the same for the same ref, for every ref", () => {
    const refs = fc.stringMatching(/^[a-z2-7]{26}$/);
    fc.assert(
      fc.property(refs, (ref) => {
        expect(isCustomerId(toCustomerId(ref) ?? "")).toBe(true);
        expect(toCustomerId(ref)).toBe(`V${ref.toUpperCase().slice(0, 16)}`);
      }),
    );
  });

  it.each(["", "ines@example.com", REF.toUpperCase(), `${REF}a`])("is none for %j", (ref) => expect(toCustomerId(ref)).toBeNull());
});

describe("a link", () => {
  const marker = "VABCDEFGHIJKLMNOP";
  const other = "V2222222222222222";
  const inText = makeSettings({ linkField: { userDefinedText: 1 } });

  it("is the record's own id where we named it", () => {
    expect(readLinkMarker({ settings, stored: { CustomerId: marker } })).toBe(marker);
    expect(planLinkMarker({ settings, stored: { CustomerId: marker }, marker: other })).toEqual({ kind: "taken" });
  });

  it("is written where its place is empty, and nowhere else", () => {
    expect(planLinkMarker({ settings, stored: { CustomerId: "C1" }, marker })).toEqual({ kind: "free", barcode: marker, writes: [] });
    expect(planLinkMarker({ settings, stored: { CustomerId: "C1", Barcode: "2000000000015" }, marker })).toEqual({ kind: "taken" });
    expect(planLinkMarker({ settings, stored: { CustomerId: "C1", Barcode: marker }, marker })).toEqual({ kind: "marked" });
    expect(planLinkMarker({ settings, stored: { CustomerId: "C1", Barcode: other }, marker })).toEqual({ kind: "taken" });
  });

  it("may lie in a text of the tenant's", () => {
    const plan = planLinkMarker({ settings: inText, stored: { CustomerId: "C1", Barcode: "2000000000015" }, marker });
    expect(plan).toEqual({ kind: "free", barcode: null, writes: [{ slot: { kind: "userDefinedText", id: "1" }, value: marker }] });
    expect(readLinkMarker({ settings: inText, stored: { UserDefinedTexts: [{ Id: "1", Value: marker }] } })).toBe(marker);
  });

  it("has no place where none is configured", () => {
    expect(planLinkMarker({ settings: makeSettings({ linkField: null }), stored: { CustomerId: "C1" }, marker })).toEqual({ kind: "unsupported" });
  });
});
