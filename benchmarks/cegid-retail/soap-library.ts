import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createClientAsync } from "soap";
import type { EnvelopeLibrary } from "./envelope-library.ts";

interface Method {
  readonly input: { readonly $name: string; readonly targetNSAlias: string; readonly targetNamespace: string; readonly $type?: string };
}

/** The soap package's own two steps of a call, by the WSDL that the server gives out; its client adds work to both. */
export async function createSoapLibrary(request: { wsdl: string; folder: string; folderId: string }): Promise<EnvelopeLibrary> {
  const { wsdl, folder, folderId } = request;
  const path = join(folder, "customers.wsdl");
  await writeFile(path, wsdl);
  const client = await createClientAsync(path);
  const { input } = findMethod(client.wsdl.definitions);
  return {
    name: "soap",
    build: ({ customerId, modifiedData }) => {
      const { UserDefinedDates: dates, UserDefinedTexts: texts } = modifiedData;
      const lists = { UserDefinedDates: { UserDefinedDate: dates }, UserDefinedTexts: { UserDefinedText: texts } };
      const operands = { customerId, modifiedData: { ...modifiedData, ...lists }, clientContext: { DatabaseId: folderId } };
      return String(client.wsdl.objectToDocumentXML(input.$name, operands, input.targetNSAlias, input.targetNamespace, input.$type));
    },
    parse: (answer) => resultIn(client.wsdl.xmlToObject(Buffer.from(answer).toString("utf8"))),
  };
}

function findMethod(definitions: unknown): Method {
  const { services } = definitions as { services: Record<string, { ports: Record<string, { binding: { methods: Record<string, Method> } }> }> };
  const [port] = Object.values(services["CustomerWcfService"]?.ports ?? {});
  const method = port?.binding.methods["UpdateCustomer"];
  if (method === undefined) throw new Error("the WSDL has no UpdateCustomer");
  return method;
}

function resultIn(envelope: unknown): unknown {
  const { Body } = envelope as { Body: { GetCustomerDetailResponse: { GetCustomerDetailResult: unknown } } };
  return Body.GetCustomerDetailResponse.GetCustomerDetailResult;
}
