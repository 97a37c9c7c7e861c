import { ConnectorError } from "@volenti/core/adapter";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { parseXml } from "../../emulators/src/cegid-retail/xml/parse-xml.ts";
import type { XmlElement } from "../../emulators/src/cegid-retail/xml/xml-element.ts";
import { hostileText, INJECTIONS, spoiledBytes } from "../../../tools/test-support/hostile/hostile-values.ts";
import { MARKER } from "../../../tools/test-support/hostile/marker.ts";
import { fuzzRuns, survive } from "../../../tools/test-support/hostile/survive.ts";
import { buildEnvelope } from "../src/soap/build-envelope.ts";
import type { OperationName } from "../src/soap/operations.ts";
import { RefusedMemberError } from "../src/soap/refused-member-error.ts";
import { readReply } from "../src/transport/read-reply.ts";
import { envelope, resultOf } from "./support/soap-envelopes.ts";

vi.setConfig({ testTimeout: fuzzRuns(180_000) });

const CUSTOMER =
  `<CustomerId>V234</CustomerId><IsCompany>0</IsCompany><LastName>${MARKER}</LastName><BirthDateData><BirthDateDay>7</BirthDateDay></BirthDateData>` +
  `<OptinEmail>BrandOnly</OptinEmail><ValidEmail>true</ValidEmail><LastDateUpdate>2026-01-15T09:10:20</LastDateUpdate>` +
  `<UserDefinedValues><UserDefinedValue><Id>1</Id><Value>0.10</Value></UserDefinedValue></UserDefinedValues>`;
const ANSWERS: readonly (readonly [OperationName, string])[] = [
  ["GetCustomerDetail", resultOf({ name: "GetCustomerDetail", content: CUSTOMER })],
  ["SearchCustomerIds", resultOf({ name: "SearchCustomerIds", content: `<CustomerQueryData>${CUSTOMER}</CustomerQueryData>` })],
  ["HelloWorld", resultOf({ name: "HelloWorld", content: `Now : 2026-01-15T09:10:20&#13;\nInputText : ${MARKER}` })],
  ["AddNewCustomer", resultOf({ name: "AddNewCustomer", content: "V234" })],
  ["UpdateCustomer", envelope(`<s:Fault><faultcode>s:Client</faultcode><faultstring>${MARKER}</faultstring><detail><CbpExceptionDetail xmlns="http://www.cegid.fr/fault"><Id>1</Id><Message>${MARKER} is not unique</Message></CbpExceptionDetail></detail></s:Fault>`)],
];
const PIECES = ["<a>", "</a>", "<a:b", 'xmlns:q="urn:q"', 'i:nil="true"', "<LastName>", "</LastName>", "<!DOCTYPE", "<!ENTITY a '&a;&a;'>", "&#x110000;", "<![CDATA[", "<a>".repeat(5000), "&#65;".repeat(5000), `<a b="${"x".repeat(20_000)}"/>`, "<html>", "1e400", "9999999999999999999999"];

describe("an answer of a server that went mad", () => {
  it.each(ANSWERS)("%s is understood or refused by code, quickly and without a value", async (name, text) => {
    const arbitrary = fc.record({
      bytes: spoiledBytes({ text, pieces: PIECES }),
      status: fc.constantFrom(200, 200, 200, 400, 401, 404, 429, 500, 503),
      headers: fc.record({ "content-type": fc.constantFrom("text/xml", "text/html", MARKER), "retry-after": hostileText }, { requiredKeys: [] }),
    });
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(arbitrary, async ({ bytes, status, headers }) => {
        const expectation = { name, operation: "profiles.get", changes: false, timeZone: "Europe/Paris", now: 0 };
        const { error } = await survive({ run: () => readReply({ answer: { status, headers, bytes }, expectation }), isOurs: (each) => each instanceof ConnectorError });
        if (error !== null) refused += 1;
      }),
      { numRuns: fuzzRuns(300) },
    );
    expect(refused).toBeGreaterThan(0);
  });

  it("cannot make the reader expand anything", async () => {
    const bombs = [
      `<!DOCTYPE a [<!ENTITY a "${"x".repeat(1000)}">${Array.from({ length: 20 }, (_, index) => `<!ENTITY b${index} "&a;&a;&a;">`).join("")}]><a>&b19;</a>`,
      `<a>${"&#65;".repeat(1_000_000)}`,
      `<a>${"&#65".repeat(200_000)}`,
      "<a ".repeat(200_000),
      "<a>".repeat(300_000),
    ];
    for (const text of bombs) {
      const answer = { status: 200, headers: {}, bytes: Buffer.from(text) };
      const expectation = { name: "GetCustomerDetail", operation: "profiles.get", changes: false, timeZone: "UTC", now: 0 } as const;
      await readReplyWithin({ run: () => readReply({ answer, expectation }) });
    }
  });
});

/** Megabytes, which may take longer than a case does: refused by code all the same, in a second. */
async function readReplyWithin(request: { run: () => unknown }): Promise<void> {
  const before = process.cpuUsage();
  expect(request.run).toThrow(ConnectorError);
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1000).toBeLessThan(1000);
}

/** Names, namespaces and their order, without any text. */
function skeletonOf(element: XmlElement): unknown {
  return [element.namespace, element.name, element.attributes.map(({ name, namespace, value }) => [namespace, name, value]), element.children.map(skeletonOf)];
}

describe("whatever a person wrote", () => {
  const build = (value: string): string =>
    buildEnvelope({
      name: "UpdateCustomer",
      arguments: { customerId: value, modifiedData: { LastName: value, FirstName: value, EmailData: { Email: value }, UserDefinedTexts: [{ Id: "1", Value: value }] } },
      folderId: "F",
    });
  const plain = skeletonOf(parseXml(build("plain")));

  it("the envelope has the elements of the template and no other, read by another parser", async () => {
    let sent = 0;
    const hostile = fc.oneof(hostileText, fc.array(fc.constantFrom(...INJECTIONS), { minLength: 1, maxLength: 3 }).map((parts) => parts.join("")));
    await fc.assert(
      fc.asyncProperty(hostile, async (value) => {
        const { answer } = await survive({ run: () => build(value), isOurs: (error) => error instanceof RefusedMemberError });
        if (answer === null) return;
        sent += 1;
        expect(skeletonOf(parseXml(answer))).toEqual(plain);
      }),
      { numRuns: fuzzRuns(300) },
    );
    expect(sent).toBeGreaterThan(100);
  });
});
