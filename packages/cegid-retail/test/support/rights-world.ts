import { webCrypto, type ConnectorContextV1 } from "@volenti/core/adapter";
import { createCegidRetailEmulator, listenOnLoopback, type CegidRetailEmulator, type CegidRetailEmulatorOptions } from "@volenti/emulators";
import type { CegidRetailConnectorOptions } from "../../src/cegid-retail-connector-options.ts";
import { toCustomerId } from "../../src/mapping/customer-id.ts";
import { mapOptIns, toOptInMembers, type OptInField } from "../../src/mapping/opt-in-set.ts";
import { toLastWritten, toSlotWrites } from "../../src/mapping/slots.ts";
import { mergeUserWrites } from "../../src/mapping/user-slot.ts";
import type { CustomerInformationType, CustomerInsertData } from "../../src/soap/data-contract.ts";
import { createCegidSession, type CegidSession } from "../../src/transport/cegid-session.ts";
import { at, catalogueOf, idOf, makeSettings, purpose } from "./mapping-world.ts";

export const REF = "abcdefghijklmnopqrstuvwxyz";
export const CUSTOMER_ID = toCustomerId(REF) ?? "";
export const NOW = at(3600);

export interface Tenant {
  readonly emulator: CegidRetailEmulator;
  readonly session: CegidSession;
  /** Another process at the same folder, with other settings. */
  open(options: Partial<CegidRetailConnectorOptions>): CegidSession;
  close(): Promise<void>;
}

/** A folder behind real HTTP, and a session that is attached. */
export async function openTenant(request: { options?: Partial<CegidRetailConnectorOptions>; emulator?: CegidRetailEmulatorOptions } = {}): Promise<Tenant> {
  const emulator = createCegidRetailEmulator({ now: () => NOW, ...request.emulator });
  const server = await listenOnLoopback({ handle: emulator.handle });
  const sessions: CegidSession[] = [];
  const open = (options: Partial<CegidRetailConnectorOptions>): CegidSession => {
    const { basePath, folderId, username, password } = emulator.credentials;
    const settings = makeSettings({ baseUrl: server.url + basePath, folderId, username, password, allowInsecureHttp: true, ...options });
    const session = createCegidSession({ settings });
    const catalogue = catalogueOf(purpose("news", ["email", "sms"]), purpose("care", ["post"]));
    session.attach({ clock: { now: () => NOW, sleep: async () => {} }, crypto: webCrypto, catalogue } as unknown as ConnectorContextV1);
    sessions.push(session);
    return session;
  };
  return {
    emulator,
    session: open(request.options ?? {}),
    open,
    close: async () => {
      for (const session of sessions) await session.close();
      await server.close();
    },
  };
}

/** A customer as our writes leave them: with opt-ins, and slots that say so. */
export async function addWritten(request: {
  session: CegidSession;
  customerId?: string;
  optIns?: Readonly<Partial<Record<OptInField, CustomerInformationType>>>;
  members?: CustomerInsertData;
}): Promise<string> {
  const { session, customerId = CUSTOMER_ID, members } = request;
  const { settings } = session;
  const optIns = mapOptIns((field) => request.optIns?.[field] ?? "AskCustomer");
  const written = toLastWritten({ timeZone: settings.timeZone, effectiveAt: at(60), decisionId: idOf(60), optIns, ended: new Set() });
  const customerData: CustomerInsertData = {
    ...toOptInMembers({ optIns, emailingAccepted: false, sendReceiptByMail: false, directMail: false }),
    ...mergeUserWrites({ stored: null, writes: toSlotWrites({ settings, written }) }),
    CustomerId: customerId,
    FirstName: "Inès",
    LastName: "Canari",
    UsualStoreId: "001",
    EmailData: { Email: "ines@example.com", AlternativeEmail: "canari@example.org" },
    PhoneData: { CellularPhoneNumber: "+33639980001" },
    AddressData: { AddressLine1: "1, rue du Canari", City: "Canariville", ZipCode: "00001", CountryId: "FR", CountryIdType: "ISO2" },
    BirthDateData: { BirthDateDay: 2, BirthDateMonth: 3, BirthDateYear: 1990 },
    Notepad: "canari aime le jaune",
    PassportNumber: "ID;CANARI1",
    ...members,
  };
  await session.call({ name: "AddNewCustomer", arguments: { customerData }, operation: "test", changes: true });
  return customerId;
}

export async function collect<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

export async function* listOf(...ids: readonly string[]): AsyncGenerator<string> {
  yield* ids;
}

export async function codeOf(promise: Promise<unknown>): Promise<Record<string, unknown>> {
  const answer = await promise.then(
    () => null,
    (error: unknown) => error,
  );
  if (answer === null) throw new Error("expected a rejection");
  return answer as Record<string, unknown>;
}
