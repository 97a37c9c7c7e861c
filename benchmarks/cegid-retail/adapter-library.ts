// What the adapter itself calls, without the connection: HTTP would hide what is measured.
import { buildEnvelope } from "../../packages/cegid-retail/src/soap/build-envelope.ts";
import { readEnvelope, readResult } from "../../packages/cegid-retail/src/soap/read-envelope.ts";
import { parseDocument } from "../../packages/cegid-retail/src/transport/parse-document.ts";
import type { EnvelopeLibrary } from "./envelope-library.ts";

export function createAdapterLibrary(request: { folderId: string }): EnvelopeLibrary {
  const { folderId } = request;
  return {
    name: "@volenti/cegid-retail",
    build: ({ customerId, modifiedData }) => buildEnvelope({ name: "UpdateCustomer", arguments: { customerId, modifiedData }, folderId }),
    parse: (answer) => {
      const { element } = readEnvelope(parseDocument(answer));
      return readResult({ element, name: "GetCustomerDetail", timeZone: "Europe/Paris" });
    },
  };
}
