import { XMLBuilder, XMLParser } from "fast-xml-parser";
import type { EnvelopeLibrary } from "./envelope-library.ts";

const BUILDER = new XMLBuilder({ ignoreAttributes: false, suppressEmptyNode: true });
const PARSER = new XMLParser({ removeNSPrefix: true, ignoreAttributes: true, parseTagValue: false, trimValues: false });

/** fast-xml-parser knows no contract: order, types, namespaces and refusals are left to its caller, and are not done here. */
export function createFastXmlLibrary(request: { folderId: string }): EnvelopeLibrary {
  const { folderId } = request;
  return {
    name: "fast-xml-parser",
    build: ({ customerId, modifiedData }) => {
      const { UserDefinedDates: dates, UserDefinedTexts: texts } = modifiedData;
      const lists = { UserDefinedDates: { UserDefinedDate: dates }, UserDefinedTexts: { UserDefinedText: texts } };
      const operands = { customerId, modifiedData: { ...modifiedData, ...lists }, clientContext: { DatabaseId: folderId } };
      const operation = { "@_xmlns": "http://www.cegid.fr/Retail/1.0", ...operands };
      return BUILDER.build({ "s:Envelope": { "@_xmlns:s": "http://schemas.xmlsoap.org/soap/envelope/", "s:Body": { UpdateCustomer: operation } } });
    },
    parse: (answer) => {
      const { Envelope } = PARSER.parse(Buffer.from(answer)) as { Envelope: { Body: { GetCustomerDetailResponse: { GetCustomerDetailResult: unknown } } } };
      return Envelope.Body.GetCustomerDetailResponse.GetCustomerDetailResult;
    },
  };
}
