import { afterEach, describe, expect, it } from "vitest";
import { runContractTests, type ContractTestReport } from "../src/doctor/run-contract-tests.ts";
import { addWritten, codeOf, CUSTOMER_ID, openTenant, type Tenant } from "./support/rights-world.ts";

const opened: Tenant[] = [];
afterEach(async () => {
  for (const tenant of opened.splice(0)) await tenant.close();
});

async function run(request: Parameters<typeof openTenant>[0] = {}): Promise<Tenant & { report: ContractTestReport; codes: readonly string[] }> {
  const tenant = await openTenant(request);
  opened.push(tenant);
  const report = await runContractTests(tenant.session);
  return { ...tenant, report, codes: report.findings.map(({ code }) => code) };
}

it("a strict folder is told as it is, and nobody is left open", async () => {
  const { report, emulator } = await run();
  expect(report.findings.map(({ severity, code }) => `${severity} ${code}`)).toEqual([
    "info absentValuesReset",
    "info emptyClears",
    "info nilMember",
    "info lateMemberPassedOver",
    "info privacyLevelProven",
    "info yesWithoutContactTaken",
    "info slotsKept",
    "info textsMerged",
    "info modificationDateIgnored",
  ]);
  expect(report.settings).toEqual({ privacyGranularity: "item" });
  expect(emulator.customers.list()).toMatchObject([{ Closed: true, OptinEmail: "DoNotUse", OptinMobile: "DoNotUse" }]);
});

it.each([
  [{ absentValues: "keep" }, "absentValuesKept"],
  [{ absentReferences: "reset" }, "absentMembersRefused"],
  [{ optInWithoutContact: "fault" }, "yesWithoutContactRefused"],
  [{ userDatePrecision: "day" }, "slotsKeepDays"],
] as const)("%o is told as %s", async (behaviour, code) => {
  expect((await run({ emulator: { behaviour } })).codes).toContain(code);
});

it("a server that empties texts which an update leaves out is no server to send less than all to", async () => {
  for (const [absentValues, severity] of [["keep", "error"], ["reset", "info"]] as const) {
    const tenant = await openTenant({ options: { absentValues } });
    opened.push(tenant);
    const { emulator, session } = tenant;
    const empty = (): void => {
      for (const customer of emulator.customers.list()) {
        const texts = customer["UserDefinedTexts"] as readonly { readonly Id: string; readonly Value: string }[];
        const values = { UserDefinedTexts: texts.map((text) => (text.Id === "1" ? { Id: "1", Value: "" } : text)) };
        if (texts.some(({ Value }) => Value === "VOLENTI C")) emulator.customers.change({ customerId: customer["CustomerId"] as string, values });
      }
    };
    emulator.faults.strike({ fault: { kind: "meanwhile", after: empty }, when: { operations: ["UpdateCustomer"] } });
    expect((await runContractTests(session)).findings).toContainEqual(expect.objectContaining({ severity, code: "textsSetWhole" }));
  }
});

describe("what an update leaves out", () => {
  it("that the server keeps becomes a setting, where it merges texts too", async () => {
    const { report } = await run({ emulator: { behaviour: { absentValues: "keep" } } });
    expect(report.settings).toEqual({ privacyGranularity: "item", absentValues: "keep" });
    const said = await run({ options: { absentValues: "keep" }, emulator: { behaviour: { absentValues: "keep" } } });
    expect(said.report.settings).toEqual({ privacyGranularity: "item" });
  });

  it("that the server resets is an error where the settings say that it keeps it", async () => {
    const { report } = await run({ options: { absentValues: "keep" } });
    expect(report.findings).toContainEqual(expect.objectContaining({ severity: "error", code: "absentValuesReset" }));
    expect(report.settings).toEqual({ privacyGranularity: "item", absentValues: "reset" });
  });

  it("is not kept where flags alone are reset", async () => {
    const tenant = await openTenant({ emulator: { behaviour: { absentValues: "keep" } } });
    opened.push(tenant);
    const { emulator, session } = tenant;
    const reset = (): void => {
      for (const { CustomerId, FirstName } of emulator.customers.list()) {
        if (FirstName === "Flag") emulator.customers.change({ customerId: CustomerId as string, values: { DirectMail: false } });
      }
    };
    emulator.faults.strike({ fault: { kind: "meanwhile", after: reset }, when: { operations: ["UpdateCustomer"] } });
    const { findings, settings } = await runContractTests(session);
    expect([findings.some(({ code }) => code === "absentValuesReset"), settings]).toEqual([true, { privacyGranularity: "item" }]);
  });
});

describe("the date of the last change", () => {
  it("that the server checks becomes a setting", async () => {
    const { report } = await run({ emulator: { behaviour: { modificationDate: "checked" } } });
    expect(report.findings).toContainEqual(expect.objectContaining({ severity: "info", code: "modificationDateChecked" }));
    expect(report.settings).toEqual({ privacyGranularity: "item", checksModificationDate: true });
  });

  it("that a server does not check is a warning where the settings say that it does", async () => {
    const { report } = await run({ options: { checksModificationDate: true } });
    expect(report.findings).toContainEqual(expect.objectContaining({ severity: "warning", code: "modificationDateIgnored" }));
  });
});

describe("the privacy level", () => {
  it.each(["global", "channel", "item"] as const)("%s is found, and becomes a setting", async (level) => {
    const { report, codes } = await run({ options: { privacyGranularity: level }, emulator: { privacyLevel: level } });
    expect([report.settings, codes.includes("privacyLevelProven")]).toEqual([{ privacyGranularity: level }, true]);
  });

  it("that is coarser than configured is an error, and a finer one a warning", async () => {
    const coarse = await run({ options: { privacyGranularity: "item" }, emulator: { privacyLevel: "channel" } });
    expect(coarse.report.findings).toContainEqual(expect.objectContaining({ severity: "error", code: "privacyLevelTooFine" }));
    const fine = await run({ options: { privacyGranularity: "global" }, emulator: { privacyLevel: "channel" } });
    expect(fine.report.findings).toContainEqual(expect.objectContaining({ severity: "warning", code: "privacyLevelTooCoarse" }));
  });
});

describe("the places that the settings name", () => {
  it("are refused where they are not there", async () => {
    expect((await run({ options: { slots: { effectiveAt: 99, decisionId: 98 } } })).codes).toContain("slotsRefused");
  });

  it("are tried with texts as long as ours", async () => {
    const options = { purposeFields: { news: { email: 1 } }, refField: { userField: 2 }, linkField: { userField: 3 } } as const;
    expect((await run({ options })).codes).not.toContain("textsNotKept");
    const { report } = await run({ options, emulator: { lengths: { "UserFields.TextValue": 20 }, behaviour: { tooLong: "truncate" } } });
    expect(report.findings.find(({ code }) => code === "textsNotKept")?.message).toMatch(/purposeFields, refField, linkField/);
  });

  it("mark the customer as a test's, by which a search finds it", async () => {
    const { codes, emulator } = await run({ options: { testField: { userDefinedText: 2 } } });
    expect([codes.includes("testMarkFound"), emulator.dump().includes("VOLENTI-TEST")]).toEqual([true, true]);
  });
});

describe("whatever happens", () => {
  it("nobody else's record is touched", async () => {
    const tenant = await openTenant();
    opened.push(tenant);
    await addWritten({ session: tenant.session, optIns: { OptinEmail: "BrandOnly" } });
    const before = tenant.emulator.customers.get(CUSTOMER_ID);
    await runContractTests(tenant.session);
    expect(tenant.emulator.customers.get(CUSTOMER_ID)).toEqual(before);
  });

  it("a creation that is refused is told with the member, and nothing more is tried", async () => {
    const { report, emulator } = await run({ options: { usualStoreId: "999" } });
    expect(report.findings).toMatchObject([{ severity: "error", code: "createRefused" }]);
    expect(emulator.calls.total()).toBe(1);
  });

  it("the customer is closed where the tests break off, and named where it cannot be closed", async () => {
    const tenant = await openTenant();
    opened.push(tenant);
    tenant.emulator.faults.strike({ fault: { kind: "resetBeforeApply" }, times: 1, when: { operations: ["UpdateCustomer"] } });
    expect(await codeOf(runContractTests(tenant.session))).toMatchObject({ code: "outcomeUnknown", operation: "contractTests" });
    expect(tenant.emulator.customers.list()).toMatchObject([{ Closed: true }]);
  });

  it("a server that names customers names this one too", async () => {
    const { emulator, report } = await run({ options: { customerIdStrategy: "server" } });
    expect(report.settings).toEqual({ privacyGranularity: "item" });
    expect(emulator.customers.list()).toMatchObject([{ CustomerId: "0000000001", Closed: true }]);
  });
});
