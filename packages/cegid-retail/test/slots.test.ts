import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toInstant, toLocalTime } from "../src/mapping/local-time.ts";
import { mapOptIns, OPT_IN_FIELDS } from "../src/mapping/opt-in-set.ts";
import { readPurposeStateText, toPurposeStateText } from "../src/mapping/purpose-state.ts";
import { readSlotText, toSlotText } from "../src/mapping/slot-text.ts";
import { listTillChanges, readLastWritten, toLastWritten, toSlotWrites } from "../src/mapping/slots.ts";
import { mergeUserWrites, readUserSlot } from "../src/mapping/user-slot.ts";
import { at, idOf, makeSettings } from "./support/mapping-world.ts";

const VALUES = ["AskCustomer", "BrandOnly", "ForPartners", "DoNotUse"] as const;
const optIns = fc.tuple(...OPT_IN_FIELDS.map(() => fc.constantFrom(...VALUES))).map((values) => mapOptIns((field) => values[OPT_IN_FIELDS.indexOf(field)] ?? "AskCustomer"));
const ended = fc.subarray([...OPT_IN_FIELDS]).map((fields) => new Set(fields));
const ZONES = ["Europe/Paris", "America/New_York", "Asia/Shanghai", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Chatham", "America/Sao_Paulo", "UTC"];
const instants = fc.integer({ min: Date.parse("1971-01-01T00:00:00Z") / 1000, max: Date.parse("2099-12-31T23:59:59Z") / 1000 }).map((seconds) => seconds * 1000);

describe("the text slot", () => {
  it("gives back decision, opt-ins and ends, in at most 35 characters", () => {
    fc.assert(
      fc.property(fc.uuid(), optIns, ended, (decisionId, values, ends) => {
        const text = toSlotText({ decisionId, optIns: values, ended: ends }) ?? "";
        expect(text).toHaveLength(35);
        expect(text).toMatch(/^[\w.-]+$/);
        expect(readSlotText(text)).toEqual({ decisionId, optIns: values, ended: ends });
      }),
    );
  });

  it("is 32 hexadecimal digits, a full stop and two characters where nothing was ended", () => {
    const values = mapOptIns((field) => (field === "OptinEmail" ? "BrandOnly" : field === "OptinPostal" ? "DoNotUse" : "AskCustomer"));
    expect(toSlotText({ decisionId: "5f0f5e0e-6a1e-4a53-9d0b-0f5d3b0c7f11", optIns: values, ended: new Set() })).toBe("5f0f5e0e6a1e4a539d0b0f5d3b0c7f11.QD");
  });

  it.each(["", "A note of the staff", "5f0f5e0e6a1e4a539d0b0f5d3b0c7f11", "5f0f5e0e6a1e4a539d0b0f5d3b0c7f11.Q", "5f0f5e0e6a1e4a539d0b0f5d3b0c7f1g.QD"])(
    "says nothing where it holds something else (%j)",
    (text) => expect(readSlotText(text)).toBeNull(),
  );

  it("takes no id that is no UUID", () => {
    expect(toSlotText({ decisionId: "decision-1", optIns: mapOptIns(() => "AskCustomer"), ended: new Set() })).toBeNull();
  });
});

describe("the text of a purpose", () => {
  it("gives back status, instant and decision, in at most 35 characters", () => {
    const statuses = fc.constantFrom("given", "renewed", "confirmed", "refused", "withdrawn", "objected", "revoked", "optedOut", "expired", "invalidated");
    fc.assert(
      fc.property(fc.uuid(), statuses, fc.integer({ min: 0, max: 4_102_444_800_000 }), (decisionId, status, effectiveAt) => {
        const text = toPurposeStateText({ purpose: "news", channel: "email", decisionId, status, effectiveAt }) ?? "";
        expect(text.length).toBeLessThanOrEqual(35);
        expect(readPurposeStateText(text)).toEqual({ decisionId, status, effectiveAt });
      }),
    );
  });
});

describe("local time", () => {
  it.each(ZONES)("gives back the instant in %s, or the later one of an hour that occurs twice", (timeZone) => {
    fc.assert(
      fc.property(instants, (instant) => {
        const local = toLocalTime({ instant, timeZone });
        const back = toInstant({ local, timeZone }) ?? Number.NaN;
        expect(toLocalTime({ instant: back, timeZone })).toBe(local);
        expect([0, 1_800_000, 3_600_000]).toContain(back - instant);
      }),
    );
  });

  it("takes the later of two equal times at the end of summer time", () => {
    expect(toInstant({ local: "2026-10-25T02:30:00", timeZone: "Europe/Paris" })).toBe(Date.parse("2026-10-25T01:30:00Z"));
    expect(toLocalTime({ instant: Date.parse("2026-10-25T00:30:00.999Z"), timeZone: "Europe/Paris" })).toBe("2026-10-25T02:30:00");
  });

  it("reads a time that was skipped as an instant all the same", () => {
    expect(toInstant({ local: "2026-03-29T02:30:00", timeZone: "Europe/Paris" })).toBe(Date.parse("2026-03-29T01:30:00Z"));
  });

  it.each(["1900-01-01T00:00:00", "", "yesterday", "2026-02-30T00:00:00"])("is none for %j", (local) => {
    expect(toInstant({ local, timeZone: "Europe/Paris" })).toBeNull();
  });
});

describe("the slots of a record", () => {
  const written = toLastWritten({ timeZone: "Europe/Paris", effectiveAt: at(5) + 321, decisionId: idOf(5), optIns: mapOptIns(() => "DoNotUse"), ended: new Set() });

  it.each([
    { effectiveAt: { userDefinedDate: 1 }, decisionId: { userDefinedText: 2 } },
    { effectiveAt: { userField: 8 }, decisionId: { userField: 9 } },
    { effectiveAt: 8, decisionId: 9 },
  ] as const)("come back in whole seconds from %j", (slots) => {
    const settings = makeSettings({ slots });
    const stored = mergeUserWrites({ stored: null, writes: toSlotWrites({ settings, written }) });
    expect(readLastWritten({ settings, stored })).toEqual({ ...written, effectiveAt: at(5), guardedUntil: at(5) });
  });

  it("leave what else the tenant keeps beside them", () => {
    const settings = makeSettings();
    const stored = { UserDefinedTexts: [{ Id: "1", Value: "VIP" } as const, { Id: "3", Value: "old" } as const] };
    const { UserDefinedTexts } = mergeUserWrites({ stored, writes: toSlotWrites({ settings, written }) });
    expect(UserDefinedTexts?.map(({ Id }) => Id)).toEqual(["1", "3"]);
    expect(readUserSlot({ stored: { UserDefinedTexts: UserDefinedTexts ?? [] }, slot: { kind: "userDefinedText", id: "1" } })).toBe("VIP");
  });

  it("say nothing where one of them was emptied", () => {
    const settings = makeSettings();
    const stored = mergeUserWrites({ stored: null, writes: toSlotWrites({ settings, written }) });
    expect(readLastWritten({ settings, stored: { ...stored, UserDefinedDates: [{ Id: "3", Value: "1900-01-01T00:00:00" }] } })).toBeNull();
    expect(readLastWritten({ settings, stored: { ...stored, UserDefinedTexts: [] } })).toBeNull();
  });

  it("stand for the whole day where the folder keeps no time of day", () => {
    const settings = makeSettings();
    const stored = { ...mergeUserWrites({ stored: null, writes: toSlotWrites({ settings, written }) }), UserDefinedDates: [{ Id: "3", Value: "2026-03-02T00:00:00" } as const] };
    expect(readLastWritten({ settings, stored })?.guardedUntil).toBe(Date.parse("2026-03-02T22:59:59Z"));
  });

  it("tell which opt-ins the till changed since", () => {
    const optIns = mapOptIns((field) => (field === "OptinMobile" ? "BrandOnly" : "DoNotUse"));
    expect(listTillChanges({ last: written, optIns })).toEqual(["OptinMobile"]);
  });
});
