import { createSalesforceEmulator, type FieldSchema, type SalesforceEmulator, type SalesforceEmulatorOptions } from "@volenti/emulators";

export const ORIGIN = "https://org.example.com";
export const NOW = Date.UTC(2026, 10, 24, 10, 0, 0);

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

interface Call {
  readonly method?: string;
  /** Behind the version, unless it begins with /services. */
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface OpenOrg {
  readonly emulator: SalesforceEmulator;
  call(request: Call): Promise<Answer>;
  query(soql: string): Promise<Answer>;
}

/** An org with a session, and the custom fields that tests of writes need. */
export async function openOrg(options: SalesforceEmulatorOptions = {}): Promise<OpenOrg> {
  const emulator = createSalesforceEmulator({ now: () => NOW, ...options });
  addTestFields(emulator);
  const token = await logIn(emulator);
  const call = async ({ method = "GET", path, body, headers = {} }: Call): Promise<Answer> => {
    const url = path.startsWith("/services") ? path : `/services/data/v62.0/${path}`;
    const response = await emulator.handle(
      new Request(ORIGIN + url, {
        method,
        headers: { Authorization: `Bearer ${token}`, ...(body === undefined ? {} : { "Content-Type": "application/json" }), ...headers },
        ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
      }),
    );
    return { status: response.status, headers: response.headers, body: parse(await response.text()) };
  };
  return { emulator, call, query: (soql) => call({ path: `query?q=${encodeURIComponent(soql)}` }) };
}

export async function logIn(emulator: SalesforceEmulator): Promise<string> {
  const { clientId, clientSecret } = emulator.credentials;
  const response = await requestToken({ emulator, form: { grant_type: "client_credentials", client_id: clientId, client_secret: clientSecret } });
  return String((response.body as { access_token: unknown }).access_token);
}

export async function requestToken(request: { emulator: SalesforceEmulator; form: Readonly<Record<string, string>> }): Promise<Answer> {
  const response = await request.emulator.handle(
    new Request(`${ORIGIN}/services/oauth2/token`, { method: "POST", body: new URLSearchParams(request.form) }),
  );
  return { status: response.status, headers: response.headers, body: parse(await response.text()) };
}

/** The id in the answer to a write of one row, or of the first of several. */
export function idIn(answer: Answer): string {
  const row: unknown = Array.isArray(answer.body) ? answer.body[0] : answer.body;
  return String((row as { id: unknown }).id);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text === "" ? null : text;
  }
}

export function customField(request: Partial<FieldSchema> & Pick<FieldSchema, "name" | "type">): FieldSchema {
  return {
    label: request.name, isCustom: true, length: 0, precision: 0, scale: 0, nillable: true, defaultValue: null, createable: true, updateable: true,
    isExternalId: false, isUnique: false, isCaseSensitive: false, isIdLookup: false, picklist: [], isRestrictedPicklist: false, referenceTo: [],
    relationshipName: null, deleteRule: "setNull", isVisible: true, ...request,
  };
}

const KEY = customField({ name: "Ref__c", type: "string", length: 100, isExternalId: true, isUnique: true });

function addTestFields(emulator: SalesforceEmulator): void {
  const { objects } = emulator.org.schema;
  for (const name of ["Individual", "Contact", "Lead", "Account", "ContactPointTypeConsent", "ContactPointEmail", "ContactPointConsent"]) {
    objects.get(name)?.fields.set(KEY.name, { ...KEY });
  }
  const consent = objects.get("ContactPointTypeConsent");
  consent?.fields.set("EffectiveAt__c", customField({ name: "EffectiveAt__c", type: "double", precision: 18 }));
  consent?.fields.set("Canonical__c", customField({ name: "Canonical__c", type: "textarea", length: 32_768 }));
}
