import { XMLParser } from "fast-xml-parser";
import { createCegidRetailEmulator, type CegidRetailEmulator, type CegidRetailEmulatorOptions } from "@volenti/emulators";

export const ORIGIN = "https://y2.example.com";
export const RETAIL = "http://www.cegid.fr/Retail/1.0";
/** A winter's day, ten past nine in Paris. */
export const NOW = Date.parse("2026-01-15T08:10:20Z");

export interface SoapAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The text that the operation answered; empty where it answered something else. */
  readonly result: string;
  /** What the operation answered at a path of members, or all of it: prefixes taken off, everything text. */
  part(path?: string): unknown;
  /** The deepest message of a fault, else its own text; empty where there is none. */
  readonly fault: string;
}

export interface OpenFolder {
  readonly emulator: CegidRetailEmulator;
  /** The operands as XML, without the context. */
  call(operation: string, operands: string, more?: { context?: string; headers?: Record<string, string> }): Promise<SoapAnswer>;
  add(members: string): Promise<SoapAnswer>;
  update(customerId: string, members: string): Promise<SoapAnswer>;
  detail(customerId: string): Promise<SoapAnswer>;
  search(members: string): Promise<SoapAnswer>;
  raw(request: { method?: string; path?: string; body?: string; headers?: Record<string, string>; isAnonymous?: boolean }): Promise<Response>;
}

export function openFolder(options: CegidRetailEmulatorOptions = {}): OpenFolder {
  const emulator = createCegidRetailEmulator({ now: () => NOW, ...options });
  const { basePath, folderId } = emulator.credentials;
  const raw: OpenFolder["raw"] = async ({ method = "POST", path = "/CustomerWcfService.svc", body, headers = {}, isAnonymous = false }) =>
    emulator.handle(
      new Request(`${ORIGIN}${basePath}${path}`, {
        method,
        headers: { ...(isAnonymous ? {} : { Authorization: basic(emulator) }), ...headers },
        ...(body === undefined ? {} : { body }),
      }),
    );
  const call: OpenFolder["call"] = async (operation, operands, more = {}) => {
    const context = more.context ?? `<clientContext><DatabaseId>${folderId}</DatabaseId></clientContext>`;
    const response = await raw({
      body: envelope(`<${operation} xmlns="${RETAIL}" xmlns:i="http://www.w3.org/2001/XMLSchema-instance">${operands}${context}</${operation}>`),
      headers: { ...soapHeaders(operation), ...more.headers },
    });
    return readAnswer(response, operation);
  };
  return {
    emulator,
    raw,
    call,
    add: (members) => call("AddNewCustomer", `<customerData>${members}</customerData>`),
    update: (customerId, members) => call("UpdateCustomer", `<customerId>${customerId}</customerId><modifiedData>${members}</modifiedData>`),
    detail: (customerId) => call("GetCustomerDetail", `<customerId>${customerId}</customerId>`),
    search: (members) => call("SearchCustomerIds", `<searchData>${members}</searchData>`),
  };
}

export function envelope(body: string): string {
  return `<?xml version="1.0" encoding="utf-8"?><soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Header/><soap:Body>${body}</soap:Body></soap:Envelope>`;
}

export function soapHeaders(operation: string): Record<string, string> {
  const contract = operation === "HelloWorld" ? "ICbrBasicWebServiceInterface" : "ICustomerWcfService";
  return { "Content-Type": "text/xml; charset=utf-8", SOAPAction: `"${RETAIL}/${contract}/${operation}"` };
}

export function basic({ credentials: { folderId, username, password } }: CegidRetailEmulator): string {
  return `Basic ${Buffer.from(`${folderId}\\${username}:${password}`, "utf8").toString("base64")}`;
}

const PARSER = new XMLParser({ removeNSPrefix: true, parseTagValue: false, ignoreAttributes: true, htmlEntities: true, trimValues: false });

export async function readAnswer(response: Response, operation: string): Promise<SoapAnswer> {
  const text = await response.text();
  const parsed: unknown = PARSER.parse(text);
  const body = memberAt({ value: parsed, path: "Envelope.Body" });
  const result = memberAt({ value: body, path: `${operation}Response.${operation}Result` });
  const told = memberAt({ value: body, path: `${deepestException(body)}.Message` }) ?? memberAt({ value: body, path: "Fault.faultstring" });
  return {
    status: response.status,
    headers: response.headers,
    text,
    result: typeof result === "string" ? result : "",
    part: (path) => (path === undefined ? result : memberAt({ value: result, path })),
    fault: typeof told === "string" ? told : "",
  };
}

function deepestException(body: unknown): string {
  let path = "Fault.detail.CbpExceptionDetail";
  while (memberAt({ value: body, path: `${path}.InnerException` }) !== undefined) path += ".InnerException";
  return path;
}

export function memberAt(request: { value: unknown; path: string }): unknown {
  let value = request.value;
  for (const name of request.path.split(".")) value = typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
  return value;
}

/** The customers that a search found. */
export function idsOf({ part }: SoapAnswer): string[] {
  const found = part("CustomerQueryData") ?? [];
  return (Array.isArray(found) ? found : [found]).map((customer: { CustomerId: string }) => customer.CustomerId);
}
