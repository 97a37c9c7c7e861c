import { createSalesforceEmulator, listenOnLoopback, type FieldSchema, type SalesforceEmulator, type SalesforceEmulatorOptions } from "@volenti/emulators";
import { ConnectorError, type LinkingFacetV1, type ListedCustomerV1 } from "@volenti/core/adapter";
import { onTestFinished } from "vitest";
import { createSalesforceConnector, type SalesforceConnectorOptions } from "../../src/index.ts";

/** An org with customers of its own, as far provisioned as a link needs it, and a way to link them. */
export interface CustomerOrg {
  readonly emulator: SalesforceEmulator;
  readonly linking: LinkingFacetV1;
  /** Answers the record's id. */
  add: (values: Readonly<Record<string, unknown>>) => string;
  refOf: (id: string) => unknown;
  individuals: () => Record<string, unknown>[];
  /** Runs before a call of the next link is answered: the first looks, the second writes. */
  before: (request: { call: 1 | 2; run: () => void }) => void;
  list: (cursor?: string | null) => Promise<ListedCustomerV1[]>;
}

const REF: FieldSchema = {
  name: "VolentiRef__c", label: "Volenti reference", type: "string", isCustom: true, length: 64, precision: 0, scale: 0, nillable: true,
  defaultValue: null, createable: true, updateable: true, isExternalId: true, isUnique: true, isCaseSensitive: false, isIdLookup: true,
  picklist: [], isRestrictedPicklist: false, referenceTo: [], relationshipName: null, deleteRule: "setNull", isVisible: true,
};

export async function openCustomerOrg(
  request: { org?: SalesforceEmulatorOptions; options?: Partial<SalesforceConnectorOptions> } = {},
): Promise<CustomerOrg> {
  const emulator = createSalesforceEmulator(request.org ?? {});
  const objectName = request.options?.profileObject === "PersonAccount" ? "Account" : "Contact";
  for (const name of [objectName, "Individual"]) emulator.org.schema.objects.get(name)?.fields.set(REF.name, { ...REF });
  const contact = emulator.org.schema.objects.get("Contact")?.fields;
  const country = contact?.get("MailingCountry");
  if (request.org?.addressPicklists === true && country !== undefined && contact?.has("MailingCountryCode") === false) {
    contact.set("MailingCountryCode", { ...country, name: "MailingCountryCode" });
  }
  const waiting: { call: number; run: () => void }[] = [];
  let composites = 0;
  const server = await listenOnLoopback({
    handle: (call) => {
      if (call.url.endsWith("/composite")) composites += 1;
      for (const { run } of waiting.splice(0, waiting[0]?.call === composites ? 1 : 0)) run();
      return emulator.handle(call);
    },
  });
  const { clientId, clientSecret } = emulator.credentials;
  const connector = createSalesforceConnector({
    loginUrl: server.url,
    auth: { kind: "clientCredentials", clientId, clientSecret },
    region: "EU",
    allowInsecureHttp: true,
    ...request.options,
  });
  onTestFinished(async () => {
    await connector.close();
    await server.close();
  });
  const { linking } = connector;
  if (linking === undefined) throw new Error("the connector links nobody");
  const { org } = emulator;
  return {
    emulator,
    linking,
    add: (values) => org.insert({ objectName, values }),
    refOf: (id) => org.rows(objectName).find((row) => row["Id"] === id)?.[REF.name],
    individuals: () => org.rows("Individual"),
    before: (hook) => {
      composites = 0;
      waiting.push(hook);
    },
    list: async (cursor = null) => {
      const customers: ListedCustomerV1[] = [];
      for await (const customer of linking.listCustomers({ cursor })) customers.push(customer);
      return customers;
    },
  };
}

/** The code of what a promise rejects with. */
export async function codeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
    return "resolved";
  } catch (error) {
    return ConnectorError.isInstance(error) ? error.code : "unexpectedError";
  }
}
