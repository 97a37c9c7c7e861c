import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { membersOf } from "../src/soap/class-members.ts";
import { buildEnvelope } from "../src/soap/build-envelope.ts";
import type { CustomerInputData } from "../src/soap/data-contract.ts";
import type { OperationArguments } from "../src/soap/operations.ts";

const FOLDER = "90000001_001_TEST";

function update(modifiedData: CustomerInputData, emptying: Pick<OperationArguments["UpdateCustomer"], "cleared" | "nils"> = {}): string {
  const envelope = buildEnvelope({ name: "UpdateCustomer", arguments: { customerId: "V234", modifiedData, ...emptying }, folderId: FOLDER });
  return /<modifiedData>(.*)<\/modifiedData>/s.exec(envelope)?.[1] ?? "";
}

function refused(data: Record<string, unknown>): unknown {
  try {
    update(data);
  } catch (error) {
    return error;
  }
  throw new Error("expected a refusal");
}

/** A value of each type that a member of CustomerInputData may have. */
const VALUES: Readonly<Record<string, unknown>> = Object.fromEntries(
  membersOf("CustomerInputData").map(({ name, shape }) => {
    if (shape.kind === "enumeration") return [name, shape.literals[0]];
    if (shape.kind === "class") return [name, toNested(shape.name)];
    if (shape.kind === "array") return [name, [toNested(shape.item)]];
    return [name, { string: "x", boolean: true, int: 7, decimal: "1.50", dateTime: "2026-01-15T09:10:20", guid: "" }[shape.type]];
  }),
);

function toNested(name: Parameters<typeof membersOf>[0]): Record<string, unknown> {
  const [first] = membersOf(name);
  if (first === undefined) throw new Error("a class without members");
  const { shape } = first;
  const value = shape.kind === "enumeration" ? shape.literals[0] : shape.kind === "simple" && shape.type === "boolean" ? false : shape.kind === "simple" && shape.type === "int" ? 1 : "x";
  return { [first.name]: value };
}

describe("an envelope", () => {
  it("is SOAP 1.1 in one namespace, operands in their order and the context last", () => {
    expect(buildEnvelope({ name: "GetCustomerDetail", arguments: { customerId: "V234" }, folderId: FOLDER })).toBe(
      '<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>' +
        '<GetCustomerDetail xmlns="http://www.cegid.fr/Retail/1.0"><customerId>V234</customerId>' +
        "<clientContext><DatabaseId>90000001_001_TEST</DatabaseId></clientContext></GetCustomerDetail></s:Body></s:Envelope>",
    );
  });

  it("has every member in the order of the contract, in whatever order the data name them", () => {
    const order = membersOf("CustomerInputData").map(({ name }) => name);
    fc.assert(
      fc.property(fc.shuffledSubarray(order), (names) => {
        const data = Object.fromEntries(names.map((name) => [name, VALUES[name]]));
        const written = update(data);
        const positions = order.filter((name) => names.includes(name)).map((name) => written.search(new RegExp(`<${name}>`)));
        expect(positions).not.toContain(-1);
        expect(positions).toEqual(positions.toSorted((left, right) => left - right));
      }),
    );
  });

  it("leaves out what is absent, null, or has nothing in it", () => {
    expect(update({ FirstName: null, LastName: "Example", Sex: undefined, EmailData: {}, PhoneData: { HomePhoneNumber: null }, UserFields: [] })).toBe("<LastName>Example</LastName>");
  });

  it("writes an empty element for an empty text, and where a member is to be cleared", () => {
    const cleared = ["FirstName", "EmailData.AlternativeEmail", "PhoneData", "UserFields"] as const;
    expect(update({ Notepad: "", EmailData: { Email: "ines@example.com" }, PhoneData: { HomePhoneNumber: "1" } }, { cleared })).toBe(
      "<EmailData><AlternativeEmail/><Email>ines@example.com</Email></EmailData><FirstName/><PhoneData/><UserFields/><Notepad></Notepad>",
    );
  });

  it("writes nil only where it is asked to, also inside of what the data do not have", () => {
    expect(update({}, { nils: ["OptinEmail", "EmailData.EmailingAccepted"] })).toBe(
      '<EmailData><EmailingAccepted xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:nil="true"/></EmailData>' +
        '<OptinEmail xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:nil="true"/>',
    );
  });

  it("refuses to clear what cannot be empty, and what is not there", () => {
    expect(() => update({}, { cleared: ["OptinEmail"] })).toThrow("OptinEmail");
    expect(() => update({}, { cleared: ["EmailData.EmailingAccepted"] })).toThrow("EmailData.EmailingAccepted");
    expect(() => update({}, { cleared: ["Email" as never] })).toThrow("contract does not have");
  });

  it("escapes what XML would read otherwise, and keeps a carriage return", () => {
    expect(update({ LastName: `<b> & "d'Oré" ]]> 🙂\r\n\t` })).toBe(`<LastName>&lt;b&gt; &amp; "d'Oré" ]]&gt; 🙂&#13;\n\t</LastName>`);
  });

  it.each(["\u0000", "a\u0008", "\u001f", "\ud800", "x\udc00y", "\ufffe", "\uffff"])("refuses text that XML cannot carry, and names the member alone", (text) => {
    expect(refused({ EmailData: { Email: `secret${text}` } })).toMatchObject({ member: "EmailData.Email" });
    expect(String(refused({ LastName: `secret${text}` }))).not.toContain("secret");
  });

  it.each([
    ["OptinEmail", "Yes"],
    ["OptinEmail", "brandonly"],
    ["IsCompany", "true"],
    ["FirstName", 7],
    ["LastModificationDate", "2026-01-15"],
    ["LastModificationDate", "2026-01-15T09:10:20Z"],
    ["LastModificationDate", "2026-02-30T09:10:20"],
    ["LastModificationDate", "2026-01-15 09:10:20"],
    ["UserFields", { Id: 1 }],
    ["EmailData", "ines@example.com"],
  ])("refuses %s: %o", (name, value) => {
    expect(refused({ [name]: value })).toMatchObject({ member: name });
  });

  it.each([
    [{ BirthDateData: { BirthDateDay: 1.5 } }, "BirthDateData.BirthDateDay"],
    [{ UserFields: [{ Id: 2 ** 31 }] }, "UserFields.Id"],
    [{ UserDefinedTexts: [{ Id: "4" }] }, "UserDefinedTexts.Id"],
    [{ UserDefinedValues: [{ Id: "1", Value: "1e3" }] }, "UserDefinedValues.Value"],
    [{ CustomerGuid: { Guid: "no" } }, null],
  ])("refuses %o", (data, member) => {
    expect(refused(data)).toMatchObject({ member });
  });

  it("refuses members that the contract does not have, without repeating their names", () => {
    expect(refused({ LastName: "Example", ines: 1 })).toMatchObject({ member: null });
    expect(String(refused({ ines: 1 }))).not.toContain("ines");
  });
});

describe("a search", () => {
  const search = (searchData: OperationArguments["SearchCustomerIds"]["searchData"]): string => buildEnvelope({ name: "SearchCustomerIds", arguments: { searchData }, folderId: FOLDER });

  it.each([
    [{ EmailData: { Email: "ines@example.com" }, MaxNumberOfCustomers: 5 }],
    [{ CustomerId: "V234" }],
    [{ UserDefinedTexts: [{ Id: "1", Value: "V234" }] }],
    [{ LastModificationDate: "2026-01-15T09:10:20" }],
  ] as const)("goes out with a criterion: %o", (searchData) => {
    expect(search(searchData)).toContain("<searchData>");
  });

  it.each([
    [{}],
    [{ MaxNumberOfCustomers: 5, Closed: false, IsCustomer: true }],
    [{ AddressData: { CountryIdType: "ISO2" }, MaxNumberOfCustomers: 1 }],
    [{ EmailData: {} }],
    [{ EmailData: { EmailingAccepted: true } }],
    [{ EmailData: { Email: " " }, LastName: "Example" }],
    [{ LastName: "" }],
  ] as const)("is refused without one, or with a blank one: %o", (searchData) => {
    expect(() => search(searchData)).toThrow("not of the contract's type");
  });
});
