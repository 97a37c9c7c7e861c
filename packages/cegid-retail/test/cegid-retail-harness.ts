import { createTestClock, type ConformanceHarness, type ConformanceProbe } from "@volenti/conformance";
import type { JsonValue } from "@volenti/core/adapter";
import { listenOnLoopback, type CegidRetailEmulator, type DataRecord } from "@volenti/emulators";
import { createCegidRetailConnector, type CegidRetailConnectorOptions } from "../src/index.ts";
import { startConnectionCounter } from "../../../tools/test-support/start-connection-counter.ts";
import { createFaultyNetwork } from "./support/faulty-network.ts";
import { createFolder, optionsFor } from "./support/open-folder.ts";
import { withoutLongWaits } from "./support/without-long-waits.ts";

/** A text a consent of the kit's catalogue, and an opt-in of its own for each that has one: so Y2 keeps them all apart. */
const TEXTS: NonNullable<CegidRetailConnectorOptions["purposeFields"]> = {
  loyalty: { "*": 1 },
  "marketing.email": { email: 2 },
  "marketing.every": { "*": 3, email: 4, post: 5, sms: 6 },
  "marketing.sms": { sms: 7 },
  profiling: { "*": 8 },
};
const OPT_INS: NonNullable<CegidRetailConnectorOptions["optIns"]> = {
  "marketing.email": "OptinEmail",
  "marketing.every": { email: "OptinAlternativeEmail", post: "OptinPostal", sms: "OptinHomePhone", "*": null },
  "marketing.sms": "OptinMobile",
};

/** Runs the kit against a folder of its own: the emulator behind a relay, strict where nobody knows. */
export async function createCegidRetailHarness(): Promise<ConformanceHarness> {
  const clock = withoutLongWaits(createTestClock());
  const emulator = createFolder({ now: () => clock.now() });
  const network = createFaultyNetwork({ emulator, idOf });
  const server = await listenOnLoopback({ handle: network.handle });
  const relay = await startConnectionCounter({ url: server.url });
  const options: CegidRetailConnectorOptions = {
    ...optionsFor({ emulator, url: relay.url }),
    optIns: OPT_INS,
    purposeFields: TEXTS,
    refField: { userDefinedText: 2 },
    testField: { userDefinedText: 3 },
    anonymisation: { method: "POST" },
  };
  return {
    name: "cegid-retail (emulator)",
    pace: "slow",
    context: { clock },
    connect: () => createCegidRetailConnector(options),
    probe: { ...createProbe(emulator), countCalls: network.countCalls, countConnections: relay.count },
    faults: network.faults,
    addUnlinked: ({ identifier: { kind, value } }) => {
      const contact = { email: { EmailData: { Email: value } }, phone: { PhoneData: { CellularPhoneNumber: value } } }[kind as string];
      return contact === undefined ? null : emulator.customers.add({ LastName: "Unlinked", UsualStoreId: "001", ...contact });
    },
    dispose: async () => {
      await network.faults.clear();
      await relay.close();
      await server.close();
    },
  };
}

/** As the documentation says that we name customers, written down here once more. */
function idOf(subjectRef: string): string {
  return `V${subjectRef.slice(0, 16).toUpperCase()}`;
}

/** Where the probe finds an attribute. */
const ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  givenName: ["FirstName"],
  familyName: ["LastName"],
  email: ["EmailData", "Email"],
  phoneNumber: ["PhoneData", "CellularPhoneNumber"],
  locale: ["LanguageId"],
  "address.streetAddress": ["AddressData", "AddressLine1"],
  "address.locality": ["AddressData", "City"],
  "address.postalCode": ["AddressData", "ZipCode"],
  "address.country": ["AddressData", "CountryId"],
};
const CODES: Readonly<Record<string, string>> = { FRA: "fr-FR", ENG: "en-GB" };

/** Looks into the folder as staff does, past the services. */
function createProbe(emulator: CegidRetailEmulator): ConformanceProbe {
  const recordOf = (subjectRef: string): DataRecord | null => {
    const record = emulator.customers.get(idOf(subjectRef));
    return record === null || record["Closed"] === true ? null : record;
  };
  return {
    holdsPerson: ({ subjectRef }) => recordOf(subjectRef) !== null,
    listDecisions: () => [],
    listStates: ({ subjectRef }) => {
      const fields = (recordOf(subjectRef)?.["UserFields"] ?? []) as readonly DataRecord[];
      return Object.entries(TEXTS).flatMap(([purpose, byChannel]) =>
        Object.entries(byChannel).flatMap(([channel, id]) => {
          const text = fields.find((field) => field["Id"] === id)?.["TextValue"];
          return typeof text === "string" && text !== "" ? [{ purpose, channel, ...readText(text) }] : [];
        }),
      );
    },
    readAttributes: ({ subjectRef }) => {
      const record = recordOf(subjectRef);
      const present = Object.entries(ATTRIBUTES).flatMap(([attribute, path]): [string, JsonValue][] => {
        const value = path.reduce<unknown>((held, name) => (held as DataRecord | null | undefined)?.[name], record);
        if (typeof value !== "string" || value === "" || (attribute === "familyName" && value === "-")) return [];
        return [[attribute, attribute === "locale" ? (CODES[value] ?? value) : value]];
      });
      return Object.fromEntries(present);
    },
    countLinks: () => 0,
    dump: () => emulator.dump(),
  };
}

const STATUSES: Readonly<Record<string, string>> = {
  g: "given",
  n: "renewed",
  c: "confirmed",
  r: "refused",
  w: "withdrawn",
  o: "objected",
  v: "revoked",
  t: "optedOut",
  e: "expired",
  i: "invalidated",
};

function readText(text: string): { decisionId: string; status: "given"; effectiveAt: number } {
  const [instant = "", id = ""] = text.slice(1).split(".");
  const digits = Buffer.from(id, "base64url").toString("hex");
  const decisionId = [digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20), digits.slice(20)].join("-");
  return { decisionId, status: STATUSES[text.charAt(0)] as "given", effectiveAt: Number.parseInt(instant, 36) };
}
