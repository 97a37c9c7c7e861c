import { describe, expect, it } from "vitest";
import type { ConnectorError } from "@volenti/core/adapter";
import { mapCegidRetailError } from "../src/error/map-cegid-retail-error.ts";
import { mayBeUnknownCustomer } from "../src/error/may-be-unknown-customer.ts";
import { readEnvelope } from "../src/soap/read-envelope.ts";
import { parseDocument } from "../src/transport/parse-document.ts";
import { envelope } from "./support/soap-envelopes.ts";

const TRACKING_ID = "0f8fad5b-d9cb-469f-a165-70867728950e";

function fault(request: { faultcode?: string; detail?: string }): string {
  const { faultcode = "a:CBR_001_0003", detail = "" } = request;
  const code = `<faultcode xmlns:a="http://www.cegid.fr/fault">${faultcode}</faultcode>`;
  return envelope(`<s:Fault>${code}<faultstring xml:lang="fr-FR">Échec pour ines@example.com</faultstring>${detail}</s:Fault>`);
}

function message(code: string): string {
  return `Remote call failed: Code = (${code}) Message = (${code} : refusé pour ines@example.com (TCbr.Check))`;
}

/** The captured shape: an exception in an exception, each with the one code that says nothing. */
function nested(messages: readonly string[]): string {
  const write = ([own = "", ...inner]: readonly string[], isOutermost: boolean): string =>
    `<HelpLink i:nil="true"/>${inner.length === 0 ? '<InnerException i:nil="true"/>' : `<InnerException i:type="CbpExceptionDetail">${write(inner, false)}</InnerException>`}` +
    `<Message>${own}</Message><StackTrace>at TCbr.Check(ines@example.com)</StackTrace>${isOutermost ? `<TrackingId>${TRACKING_ID}</TrackingId>` : ""}` +
    "<Type>Cegid.Retail.Biz001Exception</Type><Id>CBR_001_0003</Id><ToDo/>";
  const content = write(messages, true);
  return `<detail><CbpExceptionDetail xmlns="http://www.cegid.fr/fault" xmlns:i="http://www.w3.org/2001/XMLSchema-instance">${content}</CbpExceptionDetail></detail>`;
}

function business(request: { id: string; members: readonly string[] }): string {
  const names = request.members.map((name) => `<b:string>${name}</b:string>`).join("");
  return (
    `<detail><BusinessFaultDetail xmlns="http://www.cegid.fr/fault"><Cause/><Description>(1) données incorrectes</Description><Id>${request.id}</Id><Message>ines@example.com</Message>` +
    `<SourceLocation/><ToDo/><MemberNames xmlns:b="http://schemas.microsoft.com/2003/10/Serialization/Arrays">${names}</MemberNames></BusinessFaultDetail></detail>`
  );
}

function map(request: { text: string; changes?: boolean; status?: number }): ConnectorError {
  const { text, changes = false, status = 500 } = request;
  const { kind, element } = readEnvelope(parseDocument(Buffer.from(text, "utf8")));
  expect(kind).toBe("fault");
  return mapCegidRetailError({ fault: element, status, operation: "intake.write", changes });
}

describe("a fault", () => {
  it("is known by the code of its deepest exception, four levels down", () => {
    const text = fault({ detail: nested([message("WP006"), message("WP008"), message("CBR00009"), message("CBR00006")]) });
    expect(map({ text, changes: true })).toMatchObject({ code: "rejectedByProvider", providerCode: "CBR00006", providerRequestId: TRACKING_ID, httpStatus: 500 });
  });

  it("that says a customer exists already is a conflict", () => {
    expect(map({ text: fault({ detail: nested([message("WP006"), message("CBR00450")]) }), changes: true })).toMatchObject({ code: "conflict", providerCode: "CBR00450", retry: { kind: "never" } });
  });

  it.each(["WP006", "WP008"])("of the worker alone, %s, leaves a change unknown and a read to be tried again", (code) => {
    const text = fault({ detail: nested([message("WP006"), message(code)]) });
    expect(map({ text, changes: true })).toMatchObject({ code: "outcomeUnknown", providerCode: code, retry: { kind: "sameWriteOnly" } });
    expect(map({ text })).toMatchObject({ code: "unavailable", providerCode: code });
  });

  it("takes the id where the deepest message has no code, and the fault code where there is no id", () => {
    expect(map({ text: fault({ detail: nested([message("WP006"), "La référence d'objet n'est pas définie"]) }) })).toMatchObject({ code: "rejectedByProvider", providerCode: "CBR_001_0003" });
    expect(map({ text: fault({ faultcode: "a:CBR12345" }) })).toMatchObject({ code: "rejectedByProvider", providerCode: "CBR12345" });
  });

  it("names the members that it blames, as far as the contract has them", () => {
    const members = ["LastName", "EmailData.Email", "clientContext.DatabaseId", "ines@example.com", "LastName.Inès"];
    expect(map({ text: fault({ detail: business({ id: "CBR00123", members }) }), changes: true })).toMatchObject({
      code: "rejectedByProvider",
      providerCode: "CBR00123",
      fieldNames: ["LastName", "EmailData.Email", "clientContext.DatabaseId"],
    });
  });

  it.each([
    ["s:Client", "rejectedByProvider", "rejectedByProvider"],
    ["a:DeserializationFailed", "rejectedByProvider", "rejectedByProvider"],
    ["a:ActionNotSupported", "unsupported", "unsupported"],
    ["a:FailedAuthentication", "unauthenticated", "unauthenticated"],
    ["a:InternalServiceFault", "unavailable", "outcomeUnknown"],
    ["s:Server", "unavailable", "outcomeUnknown"],
    ["", "unavailable", "outcomeUnknown"],
    ["ines@example.com", "unavailable", "outcomeUnknown"],
  ])("of WCF itself, '%s', is %s for a read and %s for a change", (faultcode, read, change) => {
    const text = fault({ faultcode });
    expect([map({ text }).code, map({ text, changes: true }).code]).toEqual([read, change]);
  });

  it("carries nothing of its texts", () => {
    const texts = [
      fault({ detail: nested([message("WP006"), message("CBR00450")]) }),
      fault({ detail: business({ id: "ines@example.com", members: ["ines@example.com"] }) }),
    ];
    for (const text of texts) {
      const error = map({ text, changes: true });
      expect(JSON.stringify(error) + String(error.stack)).not.toMatch(/ines|refusé|Check|données/);
    }
  });

  it("of a rule may mean an unknown customer; of the worker, of WCF, or of credentials it may not", () => {
    const judge = (request: Parameters<typeof fault>[0]): boolean => mayBeUnknownCustomer(map({ text: fault(request) }));
    expect(judge({ detail: nested([message("WP006"), message("CBR00777")]) })).toBe(true);
    expect(judge({ detail: business({ id: "CBR00777", members: [] }) })).toBe(true);
    expect([judge({ detail: nested([message("WP006")]) }), judge({ faultcode: "a:DeserializationFailed" }), judge({ faultcode: "a:InternalServiceFault" }), judge({ faultcode: "a:FailedAuthentication" })]).toEqual([false, false, false, false]);
  });
});
