import { afterEach, describe, expect, it } from "vitest";
import type { ConnectionFindingV1 } from "@volenti/core/adapter";
import { checkConnection } from "../src/doctor/check-connection.ts";
import { addWritten, codeOf, NOW, openTenant, listOf, type Tenant } from "./support/rights-world.ts";
import { openY2Brand } from "./support/y2-brand.ts";

const opened: Tenant[] = [];
afterEach(async () => {
  for (const tenant of opened.splice(0)) await tenant.close();
});

async function check(request: Parameters<typeof openTenant>[0] = {}, prepare: (tenant: Tenant) => unknown = () => {}): Promise<readonly ConnectionFindingV1[]> {
  const tenant = await openTenant(request);
  opened.push(tenant);
  await prepare(tenant);
  return (await checkConnection(tenant.session)).findings;
}

const codesOf = (findings: readonly ConnectionFindingV1[], severity?: string): string[] =>
  findings.filter((finding) => severity === undefined || finding.severity === severity).map(({ code }) => code);

/** Everything that the settings can give. */
const COMPLETE = {
  anonymisation: { method: "POST" },
  testField: { userDefinedText: 1 },
  refField: { userField: 2 },
  purposeFields: { news: { email: 9 } },
  customerList: () => listOf(),
  sexMap: { female: "F" },
  languageMap: { fr: "FRA" },
  countryMap: { FR: "FRA" },
  checksModificationDate: true,
} as const;

describe("a folder in order", () => {
  it("has neither errors nor warnings, and nothing is changed by looking", async () => {
    const tenant = await openTenant({ options: COMPLETE });
    opened.push(tenant);
    const { findings } = await checkConnection(tenant.session);
    expect(codesOf(findings, "error").concat(codesOf(findings, "warning"))).toEqual([]);
    expect(codesOf(findings, "info")).toEqual(expect.arrayContaining(["serverVersion", "mayRead"]));
    expect([tenant.emulator.customers.list(), tenant.emulator.calls.total() <= 6]).toEqual([[], true]);
  });

  it.each([{ unknownCustomer: "empty" }, { nothingFound: "fault", unknownCustomer: "empty" }, { faultShape: "business" }] as const)("may read, however it says that nobody is there: %o", async (behaviour) => {
    expect(codesOf(await check({ emulator: { behaviour } }))).toContain("mayRead");
  });
});

describe("the clock", () => {
  it.each([
    [29_000, []],
    [-29_000, []],
    [90_000, ["clockSkew"]],
    [-90_000, ["clockSkew"]],
  ])("that is %i ms apart is told as %j", async (apart, codes) => {
    expect(codesOf(await check({ emulator: { now: () => NOW + apart } })).filter((code) => code === "clockSkew")).toEqual(codes);
  });

  it("of another zone is told as that", async () => {
    const findings = await check({ emulator: { timeZone: "America/New_York" } });
    expect(findings.find(({ code }) => code === "clockSkew")?.message).toMatch(/timeZone is most likely not the zone/);
  });

  it("of the hour that occurs twice agrees with ours", async () => {
    const first = Date.parse("2026-10-25T00:30:00Z");
    for (const instant of [first, first + 3_600_000]) {
      const tenant = await openTenant({ emulator: { now: () => instant } });
      opened.push(tenant);
      tenant.session.attach({ ...tenant.session.context("test"), clock: { now: () => instant, sleep: async () => {} } });
      expect(codesOf((await checkConnection(tenant.session)).findings)).not.toContain("clockSkew");
    }
  });
});

describe("what cannot work is told as an error", () => {
  it("a user who may not read", async () => {
    const findings = await check({}, ({ emulator }) => emulator.faults.strike({ fault: { kind: "forbidden" }, when: { operations: ["GetCustomerDetail", "SearchCustomerIds"] } }));
    expect(codesOf(findings, "error")).toEqual(["readRefused", "readRefused"]);
  });

  it("purposes in the settings that the configuration does not have", async () => {
    const findings = await check({ options: { optIns: { nwes: "OptinEmail" }, partnerPurpose: "partners" } });
    expect(findings.find(({ code }) => code === "unknownPurpose")).toMatchObject({ severity: "error", message: expect.stringContaining("nwes, partners") as string });
  });

  it("a folder that cannot be reached, wrong credentials and wrong settings by rejecting", async () => {
    for (const [fault, code] of [[{ kind: "unauthorized" }, "unauthenticated"], [{ kind: "loginPage" }, "malformedResponse"], [{ kind: "serverError", status: 503 }, "unavailable"]] as const) {
      const tenant = await openTenant();
      opened.push(tenant);
      tenant.emulator.faults.strike({ fault });
      expect(await codeOf(checkConnection(tenant.session))).toMatchObject({ code, operation: "checkConnection" });
    }
    const tenant = await openTenant({ options: { timeZone: "Europe/Nowhere" } });
    opened.push(tenant);
    expect(await codeOf(checkConnection(tenant.session))).toMatchObject({ code: "invalidConfiguration", fieldNames: ["timeZone"] });
  });
});

describe("what is lost is told as a warning", () => {
  it.each([
    [{ slots: undefined }, "noSlots"],
    [{ checksModificationDate: false }, "tillMayBeOverwritten"],
    [{ anonymisation: undefined }, "noAnonymisation"],
    [{ linkField: null }, "noLink"],
    [{ refField: undefined }, "noRefField"],
    [{ linkField: { userField: 1 } }, "linkNotSearchable"],
    [{ customerIdStrategy: "server" }, "creationMayDouble"],
    [{ matchKeys: [] }, "noMatchKeys"],
    [{ optIns: { news: { email: "OptinEmail" } } }, "purposeNotKept"],
    [{ optIns: { news: "OptinEmail", care: "OptinEmail" } }, "purposesShareOptIn"],
  ] as const)("%o: %s", async (options, code) => {
    expect(codesOf(await check({ options: { ...COMPLETE, ...options } }), "warning")).toContain(code);
  });

  it("no more than good to know is the moment between read and write of a server that keeps what is left out", async () => {
    const findings = await check({ options: { ...COMPLETE, checksModificationDate: false, absentValues: "keep" } });
    expect(findings).toContainEqual(expect.objectContaining({ severity: "info", code: "tillMayBeOverwritten" }));
  });

  it("a search that pays no heed to what is asked", async () => {
    const findings = await check({}, async ({ emulator, session }) => {
      await addWritten({ session });
      emulator.faults.strike({ fault: { kind: "strangers" } });
    });
    expect(codesOf(findings, "warning")).toContain("searchFindsStrangers");
    expect(JSON.stringify(findings)).not.toMatch(/ines@|canari/i);
  });
});

describe("whether the folder takes the login, as it is asked before the first line", () => {
  it("costs one call, which looks at nobody", async () => {
    const { connector, calls } = await openY2Brand();
    await connector.checkAccess?.();
    expect(calls()).toEqual(["HelloWorld"]);
  });

  it("is told by rejecting, and wrong settings without a call", async () => {
    const { connector, open, emulator, calls } = await openY2Brand();
    emulator.faults.strike({ fault: { kind: "unauthorized" } });
    expect(await codeOf(connector.checkAccess?.() ?? Promise.resolve())).toMatchObject({ code: "unauthenticated", operation: "checkAccess" });
    calls();
    expect(await codeOf(open({ timeZone: "Europe/Nowhere" }).checkAccess?.() ?? Promise.resolve())).toMatchObject({ code: "invalidConfiguration", fieldNames: ["timeZone"] });
    expect(calls()).toEqual([]);
  });
});
