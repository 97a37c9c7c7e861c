import type { CegidRetailEmulator } from "@volenti/emulators";
import { buildEnvelope } from "../../packages/cegid-retail/src/soap/build-envelope.ts";
import { soapActionOf, type OperationArguments, type OperationName } from "../../packages/cegid-retail/src/soap/operations.ts";
import type { SampleCustomer } from "./envelope-library.ts";

export interface CapturedService {
  readonly wsdl: string;
  /** What the server answers for each of the customers. */
  readonly answers: readonly Uint8Array[];
}

/** The WSDL and the answers of a server that holds the customers. */
export async function captureAnswers(request: { emulator: CegidRetailEmulator; customers: readonly SampleCustomer[] }): Promise<CapturedService> {
  const { emulator, customers } = request;
  const answers: Uint8Array[] = [];
  for (const { customerId, modifiedData } of customers) {
    await send({ emulator, name: "AddNewCustomer", arguments: { customerData: { ...modifiedData, CustomerId: customerId } } });
    answers.push(await send({ emulator, name: "GetCustomerDetail", arguments: { customerId } }));
  }
  const wsdl = await (await emulator.handle(new Request(`${addressOf(emulator)}?singleWsdl`, { headers: { Authorization: basic(emulator) } }))).text();
  return { wsdl, answers };
}

async function send<Name extends OperationName>(request: { emulator: CegidRetailEmulator; name: Name; arguments: OperationArguments[Name] }): Promise<Uint8Array> {
  const { emulator, name } = request;
  const body = buildEnvelope({ name, arguments: request.arguments, folderId: emulator.credentials.folderId });
  const headers = { Authorization: basic(emulator), "Content-Type": "text/xml; charset=utf-8", SOAPAction: `"${soapActionOf(name)}"` };
  const response = await emulator.handle(new Request(addressOf(emulator), { method: "POST", headers, body }));
  if (response.status !== 200) throw new Error(`${name} answered ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

function addressOf({ credentials }: CegidRetailEmulator): string {
  return `https://y2.example${credentials.basePath}/CustomerWcfService.svc`;
}

function basic({ credentials: { folderId, username, password } }: CegidRetailEmulator): string {
  return `Basic ${Buffer.from(`${folderId}\\${username}:${password}`, "utf8").toString("base64")}`;
}
