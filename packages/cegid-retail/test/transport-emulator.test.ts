import { createCegidRetailEmulator, listenOnLoopback, type CegidRetailEmulator, type CegidRetailEmulatorOptions, type CegidRetailFault } from "@volenti/emulators";
import { afterEach, describe, expect, it } from "vitest";
import type { Settings } from "../src/settings.ts";
import type { CegidSession } from "../src/transport/cegid-session.ts";
import { readCustomer } from "../src/transport/read-customer.ts";
import { HELLO, openSession, READ, rejection, WRITE } from "./support/transport-session.ts";

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const resource of opened.splice(0).toReversed()) await resource.close();
});

async function connect(request: { options?: CegidRetailEmulatorOptions; settings?: Partial<Settings> } = {}): Promise<{ emulator: CegidRetailEmulator; session: CegidSession }> {
  const emulator = createCegidRetailEmulator(request.options);
  const server = await listenOnLoopback({ handle: emulator.handle });
  const { basePath, folderId, username, password } = emulator.credentials;
  const session = openSession({ baseUrl: server.url + basePath, folderId, username: `${folderId}\\${username}`, password, ...request.settings });
  opened.push(server, session);
  return { emulator, session };
}

const ADD = { name: "AddNewCustomer", operation: "intake.write", changes: true } as const;

function add(request: { session: CegidSession; customerId?: string }): Promise<string | null> {
  const { session, customerId = "V234" } = request;
  const customerData = {
    CustomerId: customerId,
    FirstName: "Inès <& \"d'Oré\" 🙂",
    LastName: "Example",
    UsualStoreId: "001",
    // Y2 lets no two customers have one.
    ...(customerId === "V234" ? { Barcode: "0033612" } : {}),
    EmailData: { Email: "ines@example.com", EmailingAccepted: true },
    AddressData: { AddressLine1: "1, rue de l'Exemple", CountryId: "FR", CountryIdType: "ISO2" },
    BirthDateData: { BirthDateDay: 1, BirthDateMonth: 2, BirthDateYear: 1990 },
    OptinEmail: "BrandOnly",
    OptinMobile: "DoNotUse",
    UserDefinedDates: [{ Id: "1", Value: "2026-01-15T09:10:20" }],
    UserDefinedTexts: [{ Id: "1", Value: "V234" }],
  } as const;
  return session.call({ ...ADD, arguments: { customerData } });
}

describe("against a strict Y2", () => {
  it("what was written in the order of the contract comes back to the letter", async () => {
    const { session } = await connect();
    expect(await add({ session })).toBe("V234");
    expect(await session.call(READ)).toMatchObject({
      CustomerId: "V234",
      FirstName: "Inès <& \"d'Oré\" 🙂",
      Barcode: "0033612",
      EmailData: { Email: "ines@example.com", EmailingAccepted: true },
      BirthDateData: { BirthDateDay: 1, BirthDateMonth: 2, BirthDateYear: 1990 },
      OptinEmail: "BrandOnly",
      OptinMobile: "DoNotUse",
      UserDefinedDates: [{ Id: "1", Value: "2026-01-15T09:10:20" }],
      UserDefinedTexts: [{ Id: "1", Value: "V234" }],
    });
  });

  it("an update clears what it is told to, and a search finds by its criteria", async () => {
    const { session } = await connect();
    await add({ session });
    const modifiedData = { OptinEmail: "DoNotUse", OptinMobile: "DoNotUse" } as const;
    await session.call({ ...WRITE, arguments: { customerId: "V234", modifiedData, cleared: ["FirstName"] } });
    expect(await session.call(READ)).toMatchObject({ FirstName: "", LastName: "Example", OptinEmail: "DoNotUse" });
    const searchData = { EmailData: { Email: "ines@example.com" }, MaxNumberOfCustomers: 5 };
    const found = await session.call({ name: "SearchCustomerIds", arguments: { searchData }, operation: "profiles.find", changes: false });
    expect(found.map(({ CustomerId }) => CustomerId)).toEqual(["V234"]);
  });

  it("the greeting tells the server's clock in its own zone, in whichever culture", async () => {
    for (const behaviour of [{ helloWorldClock: "iso" }, { helloWorldClock: "culture" }] as const) {
      for (const culture of ["fr-FR", "en-US"] as const) {
        const { session } = await connect({ options: { behaviour, culture, now: () => Date.parse("2026-07-03T20:10:20Z") } });
        expect(await session.call(HELLO)).toMatchObject({ localTime: "2026-07-03T22:10:20", culture, version: "26.0.0.100" });
      }
    }
  });

  it.each(["exception", "business"] as const)("a customer who exists already is a conflict, in faults of the shape %s", async (faultShape) => {
    const { session } = await connect({ options: { behaviour: { faultShape }, culture: "fr-FR" } });
    await add({ session });
    expect(await rejection(add({ session }))).toMatchObject({ code: "conflict", providerCode: "CBR00450" });
  });

  it("a rule's refusal names the member", async () => {
    const { session } = await connect({ options: { behaviour: { faultShape: "business" } } });
    const error = await rejection(session.call({ ...ADD, arguments: { customerData: { CustomerId: "V9", UsualStoreId: "001" } } }));
    expect(error).toMatchObject({ code: "rejectedByProvider", fieldNames: ["LastName"] });
  });

  it("sixteen customers at once keep to the connections that are allowed", async () => {
    const { emulator, session } = await connect({ settings: { maxConcurrency: 3 } });
    await Promise.all(Array.from({ length: 16 }, (_unused, index) => add({ session, customerId: `V${index}` })));
    expect([emulator.customers.list().length, emulator.calls.peak() <= 3]).toEqual([16, true]);
  });

  it("wrong credentials are told at once, and once", async () => {
    const { emulator, session } = await connect({ settings: { password: "wrong" } });
    expect(await rejection(session.call(HELLO))).toMatchObject({ code: "unauthenticated" });
    expect(emulator.calls.total()).toBe(1);
  });
});

const FAULTS: readonly (readonly [CegidRetailFault, string, string])[] = [
  [{ kind: "unauthorized" }, "unauthenticated", "unauthenticated"],
  [{ kind: "forbidden" }, "forbidden", "forbidden"],
  [{ kind: "serverError" }, "unavailable", "outcomeUnknown"],
  [{ kind: "serverError", status: 503, body: "html" }, "unavailable", "unavailable"],
  [{ kind: "soapFault", isInside: true }, "conflict", "conflict"],
  [{ kind: "soapFault", code: "CBR12345" }, "rejectedByProvider", "rejectedByProvider"],
  [{ kind: "soapFault", code: null }, "unavailable", "outcomeUnknown"],
  [{ kind: "soapFault", isPlain: true }, "unavailable", "outcomeUnknown"],
  [{ kind: "loginPage" }, "malformedResponse", "outcomeUnknown"],
  [{ kind: "emptyBody" }, "malformedResponse", "outcomeUnknown"],
  [{ kind: "resetBeforeApply" }, "unavailable", "outcomeUnknown"],
  [{ kind: "resetAfterApply" }, "unavailable", "outcomeUnknown"],
  [{ kind: "malformedXml" }, "malformedResponse", "outcomeUnknown"],
  [{ kind: "truncated" }, "malformedResponse", "outcomeUnknown"],
  [{ kind: "doctypeBomb" }, "malformedResponse", "outcomeUnknown"],
];

describe("when Y2 fails", () => {
  it.each(FAULTS)("%o is %s for a read and %s for a change, and nothing is tried twice", async (fault, read, change) => {
    const { emulator, session } = await connect();
    await add({ session });
    emulator.calls.reset();
    emulator.faults.strike({ fault });
    const errors = [await rejection(session.call(READ)), await rejection(session.call(WRITE))];
    expect(errors.map(({ code }) => code)).toEqual([read, change]);
    expect(emulator.calls.total()).toBe(2);
    expect(errors.map((error) => JSON.stringify(error) + String(error["stack"])).join("")).not.toMatch(/ines@|Example|V234|already exists/);
  });

  it.each([{ kind: "prefixedAnswer" }, { kind: "singleElementArrays" }] as const)("%o is read like any other answer", async (fault) => {
    const { emulator, session } = await connect();
    await add({ session });
    emulator.faults.strike({ fault });
    expect(await session.call(READ)).toMatchObject({ CustomerId: "V234", UserDefinedTexts: [{ Id: "1", Value: "V234" }] });
  });
});

describe("a customer who is not there", () => {
  const read = (session: CegidSession, customerId = "V999"): Promise<unknown> => readCustomer({ session, customerId, operation: "profiles.get" });

  it("is null, whether Y2 says so by a fault or by an empty answer", async () => {
    for (const unknownCustomer of ["fault", "empty"] as const) {
      for (const faultShape of ["exception", "business"] as const) {
        const { session } = await connect({ options: { behaviour: { unknownCustomer, faultShape }, culture: "fr-FR" } });
        await add({ session });
        expect([await read(session), await read(session, "V234")]).toEqual([null, expect.objectContaining({ CustomerId: "V234" })]);
      }
    }
  });

  it("is never taken for one who is there and cannot be read", async () => {
    const { emulator, session } = await connect();
    await add({ session });
    emulator.faults.strike({ fault: { kind: "soapFault", code: "CBR12345" }, when: { operations: ["GetCustomerDetail"] } });
    expect(await rejection(read(session, "V234"))).toMatchObject({ code: "rejectedByProvider", providerCode: "CBR12345" });
  });

  it("is never taken from a folder that refuses searches too", async () => {
    const { session } = await connect({ settings: { folderId: "90000001_009_TEST", username: "90000001_001_TEST\\WSVOLENTI" } });
    expect(await rejection(read(session))).toMatchObject({ code: "rejectedByProvider" });
  });
});

describe("anonymising", () => {
  const anonymisation = { method: "POST", path: "api/customers-anonymization/V1" } as const;
  const erase = (session: CegidSession, customerIds: readonly string[]): Promise<void> => session.anonymise({ customerIds, operation: "erasure.erase" });

  it("goes by the verb and the path of the settings, for one and for several", async () => {
    const { emulator, session } = await connect({ settings: { anonymisation } });
    for (const customerId of ["V1", "V2", "V 3"]) await add({ session, customerId });
    await erase(session, ["V 3"]);
    await erase(session, ["V1", "V2"]);
    expect([emulator.calls.count("AnonymizeCustomer"), emulator.calls.count("AnonymizeCustomers")]).toEqual([1, 1]);
    expect(emulator.dump()).not.toContain("ines@example.com");
  });

  it.each([
    [{ settings: { anonymisation: null } }, "unsupported"],
    [{ settings: { anonymisation }, options: { anonymization: { isInstalled: false } } }, "unsupported"],
    [{ settings: { anonymisation: { ...anonymisation, method: "PUT" } } }, "invalidConfiguration"],
    [{ settings: { anonymisation }, options: { anonymization: { isAllowed: false } } }, "forbidden"],
    [{ settings: { anonymisation: { ...anonymisation, path: "../api" } } }, "invalidConfiguration"],
  ] as const)("%o is %s", async (request, code) => {
    const { session } = await connect(request);
    await add({ session });
    expect(await rejection(erase(session, ["V234"]))).toMatchObject({ code, operation: "erasure.erase" });
  });

  it("of a list with an unknown customer is refused as a whole, and of no customer is no call", async () => {
    const { emulator, session } = await connect({ settings: { anonymisation } });
    await add({ session });
    expect(await rejection(erase(session, ["V234", "V9"]))).toMatchObject({ code: "rejectedByProvider", providerCode: "unknownCustomer" });
    for (const customerIds of [[], [".."]]) expect(await rejection(erase(session, customerIds))).toMatchObject({ code: "invalidInput" });
    expect(emulator.dump()).toContain("ines@example.com");
  });
});
