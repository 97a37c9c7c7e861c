import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildEnvelope } from "../src/soap/build-envelope.ts";
import type { CustomerQueryData } from "../src/soap/data-contract.ts";
import type { OperationName, OperationResult } from "../src/soap/operations.ts";
import { readEnvelope, readResult } from "../src/soap/read-envelope.ts";
import { parseDocument } from "../src/transport/parse-document.ts";
import { envelope, RETAIL, resultOf } from "./support/soap-envelopes.ts";

const NIL = 'xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:nil="true"';

function read<Name extends OperationName>(request: { name: Name; text: string; timeZone?: string }): OperationResult[Name] {
  const { name, text, timeZone = "Europe/Paris" } = request;
  return readResult({ element: readEnvelope(parseDocument(Buffer.from(text, "utf8"))).element, name, timeZone });
}

function detail(content: string): CustomerQueryData | null {
  return read({ name: "GetCustomerDetail", text: resultOf({ name: "GetCustomerDetail", content }) });
}

function refusal(text: string): unknown {
  try {
    read({ name: "GetCustomerDetail", text });
  } catch (error) {
    return error;
  }
  throw new Error("expected a refusal");
}

describe("an answer", () => {
  it("is read by the contract's types", () => {
    const content =
      "<IsCompany>0</IsCompany><LastName>Example</LastName><Barcode>0033612</Barcode><BirthDateData><BirthDateDay> 07 </BirthDateDay></BirthDateData>" +
      "<OptinEmail>BrandOnly</OptinEmail><ValidEmail>true</ValidEmail><LastDateUpdate>2026-01-15T09:10:20</LastDateUpdate>" +
      "<UserDefinedValues><UserDefinedValue><Id>1</Id><Value>0.10</Value></UserDefinedValue></UserDefinedValues>";
    expect(detail(content)).toEqual({
      IsCompany: false,
      LastName: "Example",
      Barcode: "0033612",
      BirthDateData: { BirthDateDay: 7 },
      OptinEmail: "BrandOnly",
      ValidEmail: true,
      LastDateUpdate: "2026-01-15T09:10:20",
      UserDefinedValues: [{ Id: "1", Value: "0.10" }],
    });
  });

  it("keeps texts to the letter: blanks, references, CDATA and comments inside", () => {
    expect(detail("<FirstName> 00 </FirstName><LastName>a<!-- x -->&amp;&#13;<![CDATA[<b>]]></LastName><Notepad/>")).toEqual({ FirstName: " 00 ", LastName: "a&\r<b>", Notepad: "" });
  });

  it("makes a list of one of a single element, and an empty one of none", () => {
    expect(detail("<UserFields><UserField><Id>1</Id></UserField></UserFields><UserDefinedTexts/>")).toEqual({ UserFields: [{ Id: 1 }], UserDefinedTexts: [] });
    const one = "<CustomerQueryData><CustomerId>V234</CustomerId></CustomerQueryData>";
    expect(read({ name: "SearchCustomerIds", text: resultOf({ name: "SearchCustomerIds", content: one }) })).toEqual([{ CustomerId: "V234" }]);
    expect(read({ name: "SearchCustomerIds", text: envelope(`<SearchCustomerIdsResponse xmlns="${RETAIL}"><SearchCustomerIdsResult ${NIL}/></SearchCustomerIdsResponse>`) })).toEqual([]);
  });

  it("passes over members that nobody knows, and known ones of another namespace, in any order", () => {
    const content = '<NewIn2026><OptinEmail>ForPartners</OptinEmail></NewIn2026><OptinEmail xmlns="urn:other">ForPartners</OptinEmail><LastName>Example</LastName><IsCompany>false</IsCompany>';
    expect(detail(content)).toEqual({ LastName: "Example", IsCompany: false });
  });

  it("is known by namespaces, whatever the prefixes", () => {
    const text = `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/" xmlns:q="${RETAIL}"><e:Header/><e:Body><q:GetCustomerDetailResponse><q:GetCustomerDetailResult><q:LastName>Example</q:LastName></q:GetCustomerDetailResult></q:GetCustomerDetailResponse></e:Body></e:Envelope>`;
    expect(read({ name: "GetCustomerDetail", text })).toEqual({ LastName: "Example" });
  });

  it("has null for nil, and for an empty element that has no empty value", () => {
    expect(detail(`<FirstName ${NIL}/><OptinEmail/><ValidEmail ${NIL}/><LastDateUpdate> </LastDateUpdate>`)).toEqual({ FirstName: null, OptinEmail: null, ValidEmail: null, LastDateUpdate: null });
    expect(detail("")).toBeNull();
    expect(read({ name: "GetCustomerDetail", text: envelope(`<GetCustomerDetailResponse xmlns="${RETAIL}"/>`) })).toBeNull();
    expect(read({ name: "GetCustomerIdByReference", text: resultOf({ name: "GetCustomerIdByReference", content: "" }) })).toBeNull();
  });

  it.each([
    ["2026-01-15T09:10:20.1234567", "2026-01-15T09:10:20"],
    ["2026-01-15T08:10:20Z", "2026-01-15T09:10:20"],
    ["2026-07-15T12:10:20+04:00", "2026-07-15T10:10:20"],
    ["1900-01-01T00:00:00+00:09", "1900-01-01T00:00:00"],
    ["2026-12-31T23:59:59", "2026-12-31T23:59:59"],
    ["2026-04-30T00:00:00", "2026-04-30T00:00:00"],
    ["2028-02-29T00:00:00", "2028-02-29T00:00:00"],
    ["0001-01-01T00:00:00", "0001-01-01T00:00:00"],
  ])("has %s as the tenant's wall clock: %s", (text, expected) => {
    expect(detail(`<LastDateUpdate>${text}</LastDateUpdate>`)).toEqual({ LastDateUpdate: expected });
  });

  it.each([
    ["OptinEmail", "Granted"],
    ["OptinEmail", "BrandOnly<x/>"],
    ["ValidEmail", "yes"],
    ["LastDateUpdate", "15/01/2026"],
    ["LastDateUpdate", "2026-02-30T00:00:00"],
    ["LastDateUpdate", "2026-02-29T00:00:00"],
    ["LastDateUpdate", "2026-04-31T00:00:00"],
    ["AddressData", "12, rue de l'Exemple"],
  ])("with %s as %s makes no sense, and says which member", (name, text) => {
    expect(refusal(resultOf({ name: "GetCustomerDetail", content: `<${name}>${text}</${name}>` }))).toMatchObject({ reason: "wrongType", member: name });
  });

  it("with a member twice makes no sense: nobody knows which one holds", () => {
    const content = "<OptinEmail>DoNotUse</OptinEmail><OptinEmail>BrandOnly</OptinEmail>";
    expect(refusal(resultOf({ name: "GetCustomerDetail", content }))).toMatchObject({ reason: "wrongType", member: "OptinEmail" });
  });

  it.each([
    ["doctype", `<!DOCTYPE x [<!ENTITY a "b">]>${resultOf({ name: "GetCustomerDetail", content: "<LastName>&a;</LastName>" })}`],
    ["doctype", `<?xml version="1.0"?><!DOCTYPE x SYSTEM "file:///etc/hostname">${resultOf({ name: "GetCustomerDetail", content: "" })}`],
    ["malformed", resultOf({ name: "GetCustomerDetail", content: "<LastName>&a;</LastName>" })],
    ["malformed", resultOf({ name: "GetCustomerDetail", content: "<LastName>" })],
    ["malformed", resultOf({ name: "GetCustomerDetail", content: "<q:LastName/>" })],
    ["malformed", resultOf({ name: "GetCustomerDetail", content: "<LastName>&#1;</LastName>" })],
    ["malformed", resultOf({ name: "GetCustomerDetail", content: "" }).slice(0, -20)],
    ["malformed", ""],
    ["tooDeep", resultOf({ name: "GetCustomerDetail", content: "<a>".repeat(70) + "</a>".repeat(70) })],
    ["html", "<html><body>Log in</body></html>"],
    ["notSoap", "<ok/>"],
    ["notSoap", envelope("")],
    ["notSoap", envelope("<a/><b/>")],
    ["notSoap", resultOf({ name: "AddNewCustomer", content: "V1" })],
    ["notSoap", envelope("<GetCustomerDetailResponse><GetCustomerDetailResult/></GetCustomerDetailResponse>")],
    ["notSoap", resultOf({ name: "GetCustomerDetail", content: "" }).replace("schemas.xmlsoap.org/soap/envelope/", "www.w3.org/2003/05/soap-envelope")],
  ])("is refused as %s: %s", (reason, text) => {
    expect(refusal(text)).toMatchObject({ reason });
  });

  it("is refused where its bytes are not UTF-8", () => {
    const bytes = Buffer.from(resultOf({ name: "GetCustomerDetail", content: "<LastName>Inès</LastName>" }), "latin1");
    expect(() => readEnvelope(parseDocument(bytes))).toThrow("malformed");
  });

  it("gives back every text that an envelope can carry", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const data = { LastName: text, EmailData: { Email: text } };
        let sent: string;
        try {
          sent = buildEnvelope({ name: "UpdateCustomer", arguments: { customerId: "V234", modifiedData: data }, folderId: "F" });
        } catch {
          return;
        }
        expect(detail(/<modifiedData>(.*)<\/modifiedData>/s.exec(sent)?.[1] ?? "")).toEqual(data);
      }),
    );
  });
});

describe("HelloWorld", () => {
  const hello = (lines: readonly string[]): OperationResult["HelloWorld"] => read({ name: "HelloWorld", text: resultOf({ name: "HelloWorld", content: lines.join("&#13;\n") }) });

  it("tells version, folder, culture and the server's clock", () => {
    const lines = ["Now : 2026-01-15T09:10:20", "InputText : x", "DataBaseId : 90000001_001_TEST", "ErpIdentity : WS", "CurrentCulture : fr-FR", "CBR Version : (14.0.0.800)"];
    expect(hello(lines)).toEqual({ localTime: "2026-01-15T09:10:20", version: "14.0.0.800", culture: "fr-FR", databaseId: "90000001_001_TEST" });
  });

  it.each([
    ["en-US", "3/5/2026 12:10:20 AM", "2026-03-05T00:10:20"],
    ["en-US", "3/5/2026 1:10:20 PM", "2026-03-05T13:10:20"],
    ["fr-FR", "05/03/2026 13:10:20", "2026-03-05T13:10:20"],
    ["de-DE", "05.03.2026 13:10:20", null],
    ["fr-FR", "31/02/2026 13:10:20", null],
  ])("in %s reads the clock %s as %s", (culture, now, expected) => {
    expect(hello([`Now = ${now}`, `CurrentCulture = ${culture}`]).localTime).toBe(expected);
  });

  it("tells nothing where it says nothing", () => {
    expect(hello([""])).toEqual({ localTime: null, version: null, culture: null, databaseId: null });
  });
});

describe("namespaces", () => {
  const parse = (text: string): unknown => parseDocument(Buffer.from(text, "utf8"));

  it.each([
    '<a q:b="1"/>',
    '<a xmlns:q=""/>',
    '<a xmlns:xmlns="urn:x"/>',
    '<a xmlns:q="http://www.w3.org/2000/xmlns/"/>',
    '<a xmlns:xml="urn:x"/>',
    '<a xmlns:q="http://www.w3.org/XML/1998/namespace"/>',
    '<q:a:b xmlns:q="urn:x"/>',
    '<:a xmlns:q="urn:x"/>',
    '<q: xmlns:q="urn:x"/>',
    '<q:1 xmlns:q="urn:x"/>',
    '<a><b xmlns:q="urn:x"/><q:c/></a>',
    `<a ${NIL} xmlns:j="http://www.w3.org/2001/XMLSchema-instance" j:nil="true"/>`,
    '<a b="1" b="2"/>',
  ])("that are not well-formed are refused: %s", (text) => {
    expect(() => parse(text)).toThrow("malformed");
  });

  it("hold inside the element that declares them, the innermost first", () => {
    const text = '<a xmlns="urn:1" xmlns:q="urn:2"><q:b xmlns:q="urn:3"><c xmlns=""/></q:b><q:d xml:lang="fr"/></a>';
    expect(parse(text)).toMatchObject({
      namespace: "urn:1",
      children: [{ name: "b", namespace: "urn:3", children: [{ name: "c", namespace: "" }] }, { name: "d", namespace: "urn:2" }],
    });
  });
});
