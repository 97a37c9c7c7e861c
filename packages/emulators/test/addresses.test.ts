import { describe, expect, it } from "vitest";
import { openOrg } from "./open-org.ts";

const CODE = "FIELD_INTEGRITY_EXCEPTION";

describe("address picklists", () => {
  it.each([
    [{ MailingCountry: "France" }, { MailingCountry: "France", MailingCountryCode: "FR", MailingStateCode: null }],
    [{ MailingCountryCode: "US", MailingStateCode: "CA" }, { MailingCountry: "United States", MailingState: "California" }],
    [{ MailingCountry: "russian federation" }, { MailingCountryCode: "RU" }],
    [{ MailingCountryCode: "JP", MailingCountry: "France" }, { MailingCountryCode: "JP", MailingCountry: "Japan" }],
  ])("fill in what %o leaves open", async (address, expected) => {
    const { call, emulator } = await openOrg({ addressPicklists: true });
    expect(await call({ method: "POST", path: "sobjects/Contact", body: { LastName: "Doe", ...address } })).toMatchObject({ status: 201 });
    expect(emulator.org.rows("Contact")).toMatchObject([expected]);
  });

  it.each([
    [{ MailingCountry: "FR" }],
    [{ MailingCountryCode: "XX" }],
    [{ MailingState: "California" }],
    [{ MailingCountryCode: "FR", MailingState: "Bretagne" }],
    [{ MailingCountryCode: "US", MailingStateCode: "AG" }],
  ])("refuse the row for %o", async (address) => {
    const { call } = await openOrg({ addressPicklists: true });
    expect(await call({ method: "POST", path: "sobjects/Contact", body: { LastName: "Doe", ...address } })).toMatchObject({
      status: 400,
      body: [{ errorCode: CODE }],
    });
  });

  it("refuse an update whose code and text differ, and clear the state with the country", async () => {
    const { call, emulator: { org } } = await openOrg({ addressPicklists: true });
    const id = org.insert({ objectName: "Contact", values: { LastName: "Doe", MailingCountryCode: "US", MailingStateCode: "CA" } });
    const update = (body: unknown) => call({ method: "PATCH", path: `sobjects/Contact/${id}`, body });
    expect(await update({ MailingCountryCode: "FR", MailingCountry: "Japan" })).toMatchObject({ status: 400, body: [{ errorCode: CODE }] });
    expect(await update({ MailingCountryCode: "FR" })).toMatchObject({ status: 400, body: [{ errorCode: CODE }] });
    expect(await update({ MailingCountryCode: null })).toMatchObject({ status: 204 });
    expect(org.rows("Contact")).toMatchObject([{ MailingCountry: null, MailingState: null, MailingStateCode: null }]);
  });

  it("are described with what each state is valid for", async () => {
    const { call } = await openOrg({ addressPicklists: true });
    const { body } = await call({ path: "sobjects/Contact/describe" });
    const fields = (body as { fields: { name: string; picklistValues: { value: string; label: string; validFor: string | null }[] }[] }).fields;
    const valuesOf = (name: string) => fields.find((field) => field.name === name)?.picklistValues ?? [];
    const index = valuesOf("MailingCountryCode").findIndex(({ value }) => value === "US");
    const isValid = (validFor: string | null): boolean => {
      const byte = Buffer.from(validFor ?? "", "base64")[index >> 3] ?? 0;
      return (byte & (0x80 >> (index & 7))) !== 0;
    };
    const american = valuesOf("MailingStateCode").filter(({ validFor }) => isValid(validFor));
    expect(american).toHaveLength(51);
    expect(american).toContainEqual(expect.objectContaining({ value: "CA", label: "California" }));
  });

  it("are off unless asked for: then countries are plain texts", async () => {
    const { call, query } = await openOrg();
    expect(await call({ method: "POST", path: "sobjects/Contact", body: { LastName: "Doe", MailingCountry: "Nowhere", MailingCity: "X" } })).toMatchObject({ status: 201 });
    expect(await query("SELECT MailingCountryCode FROM Contact")).toMatchObject({ status: 400 });
    expect((await query("SELECT MailingAddress FROM Contact")).body).toMatchObject({ records: [{ MailingAddress: { city: "X", country: "Nowhere", street: null } }] });
  });
});
