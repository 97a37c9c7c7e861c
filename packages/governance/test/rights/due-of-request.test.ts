import { dueOfRequest, type RightsKindHandled, type RightsPause } from "@volenti/governance";
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";

interface Question {
  place?: string;
  kind?: RightsKindHandled;
  receivedAt: string;
  pauses?: readonly RightsPause[];
  isExtended?: boolean;
  timeZone?: string;
  holidays?: Readonly<Record<string, readonly string[]>>;
}

function due(question: Question): ReturnType<typeof dueOfRequest> {
  const { place = "FR", kind = "access", receivedAt, pauses = [], isExtended = false, timeZone = "UTC", holidays = {} } = question;
  const [country = ""] = place.split("-");
  return dueOfRequest({
    place: { country, subdivision: place === country ? null : place },
    kind,
    receivedAt: Date.parse(receivedAt),
    pauses,
    isExtended,
    settings: { timeZone, holidays },
  });
}

function dueText(question: Question): string | null {
  const { dueAt } = due(question);
  return dueAt === null ? null : new Date(dueAt).toISOString();
}

function paused(from: string, until: string | null, ground: RightsPause["ground"] = "identity"): RightsPause {
  return { ground, from, until, reason: "waiting" };
}

describe("the date by which a request must be answered", () => {
  test.each<[string, Question, string | null]>([
    ["a month is the same day of the next one", { receivedAt: "2026-11-03T10:00:00Z" }, "2026-12-03T23:59:59.999Z"],
    ["a month without that day ends with its last one", { receivedAt: "2026-08-31T10:00:00Z" }, "2026-09-30T23:59:59.999Z"],
    ["a leap year's February has one more", { receivedAt: "2028-01-31T10:00:00Z" }, "2028-02-29T23:59:59.999Z"],
    ["a month that ends on a Sunday ends on Monday", { receivedAt: "2026-10-22T10:00:00Z", place: "DE" }, "2026-11-23T23:59:59.999Z"],
    ["and beyond the holidays that the brand names", { receivedAt: "2026-10-22T10:00:00Z", holidays: { FR: ["2026-11-23"] } }, "2026-11-24T23:59:59.999Z"],
    ["three months when it is extended", { receivedAt: "2026-11-30T10:00:00Z", isExtended: true }, "2027-03-01T23:59:59.999Z"],
    ["in California 45 days, whatever the day", { receivedAt: "2026-11-01T10:00:00Z", place: "US-CA" }, "2026-12-16T23:59:59.999Z"],
    ["and 15 working days to stop a sale", { receivedAt: "2026-11-20T10:00:00Z", place: "US-CA", kind: "optOut" }, "2026-12-11T23:59:59.999Z"],
    ["in Russia 10 working days", { receivedAt: "2026-11-20T10:00:00Z", place: "RU" }, "2026-12-04T23:59:59.999Z"],
    ["and 30 days to destroy", { receivedAt: "2026-11-20T10:00:00Z", place: "RU", kind: "erase" }, "2026-12-20T23:59:59.999Z"],
    ["in Indonesia 72 hours, to the minute", { receivedAt: "2026-11-20T10:07:00Z", place: "ID" }, "2026-11-23T10:07:00.000Z"],
    ["in Quebec, Quebec's 30 days", { receivedAt: "2026-11-20T10:00:00Z", place: "CA-QC", isExtended: true }, "2026-12-20T23:59:59.999Z"],
    ["elsewhere in Canada 30, and 30 more", { receivedAt: "2026-11-20T10:00:00Z", place: "CA-ON", isExtended: true }, "2027-01-19T23:59:59.999Z"],
    ["of two laws the one that names a number", { receivedAt: "2026-11-20T10:00:00Z", place: "BR" }, "2026-12-05T23:59:59.999Z"],
    ["none in China", { receivedAt: "2026-11-20T10:00:00Z", place: "CN" }, null],
    ["none where we know of no law", { receivedAt: "2026-11-20T10:00:00Z", place: "AQ" }, null],
    ["counted on the days of the brand's zone", { receivedAt: "2026-11-02T23:30:00Z", timeZone: "Europe/Paris" }, "2026-12-03T22:59:59.999Z"],
    ["over a change of clocks too", { receivedAt: "2026-03-02T10:00:00Z", timeZone: "America/Los_Angeles", place: "US-CA" }, "2026-04-17T06:59:59.999Z"],
  ])("%s", (_, question, expected) => {
    expect(dueText(question)).toBe(expected);
  });

  it("says what the law says where it names no number", () => {
    expect(due({ receivedAt: "2026-11-20T10:00:00Z", place: "CN" })).toMatchObject({
      dueAt: null,
      regime: "PIPL",
      words: [expect.stringContaining("timely")],
    });
    expect(due({ receivedAt: "2026-11-20T10:00:00Z", place: "AQ" })).toMatchObject({ dueAt: null, regime: null, words: [] });
  });

  it("stands still while the identity is in question, where the law lets it, in whole days", () => {
    const pauses = [paused("2026-11-05T10:00:00Z", "2026-11-09T09:00:00Z")];
    expect(dueText({ receivedAt: "2026-11-03T10:00:00Z", pauses })).toBe("2026-12-07T23:59:59.999Z");
    expect(dueText({ receivedAt: "2026-11-01T10:00:00Z", place: "US-CA", pauses })).toBe("2026-12-16T23:59:59.999Z");
  });

  it("does not stand still for a clarification under the GDPR, and does in the United Kingdom", () => {
    const pauses = [paused("2026-11-05T10:00:00Z", "2026-11-10T10:00:00Z", "clarification")];
    expect(dueText({ receivedAt: "2026-11-03T10:00:00Z", pauses })).toBe("2026-12-03T23:59:59.999Z");
    expect(dueText({ receivedAt: "2026-11-03T10:00:00Z", place: "GB", pauses })).toBe("2026-12-08T23:59:59.999Z");
  });
});

const PLACES = ["FR", "DE", "GB", "TR", "RU", "US-CA", "US-TX", "BR", "CA-ON", "CA-QC", "AR", "CN", "KR", "SG", "SA", "ID", "US-NY", "JP"];
const KINDS: readonly RightsKindHandled[] = ["access", "portability", "rectify", "erase", "restrict", "object", "optOut", "limit", "withdraw"];
const instant = fc.date({ min: new Date("2024-01-01"), max: new Date("2035-12-31"), noInvalidDate: true }).map((date) => date.toISOString());
const question = fc.record({
  place: fc.constantFrom(...PLACES),
  kind: fc.constantFrom(...KINDS),
  receivedAt: instant,
  timeZone: fc.constantFrom("UTC", "Europe/Paris", "America/Los_Angeles", "Asia/Riyadh", "Pacific/Auckland", "America/St_Johns"),
  isExtended: fc.boolean(),
  pauses: fc.array(
    fc.tuple(fc.constantFrom("identity" as const, "clarification" as const), fc.nat(40), fc.nat(90 * 24)).map(([ground, days, hours]) => {
      const from = Date.UTC(2026, 0, 1 + days);
      return paused(new Date(from).toISOString(), new Date(from + hours * 3_600_000).toISOString(), ground);
    }),
    { maxLength: 4 },
  ),
});

describe("for every place, kind, day and zone", () => {
  it("the date is never before the receipt", () => {
    fc.assert(
      fc.property(question, (given) => {
        const { dueAt } = due(given);
        expect(dueAt ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(Date.parse(given.receivedAt));
      }),
    );
  });

  it("neither a pause nor an extension shortens it", () => {
    fc.assert(
      fc.property(question, (given) => {
        const { dueAt } = due(given);
        if (dueAt === null) return;
        for (const less of [{ ...given, pauses: [] }, { ...given, pauses: given.pauses.slice(1) }, { ...given, isExtended: false }]) {
          expect(dueAt).toBeGreaterThanOrEqual(due(less).dueAt ?? 0);
        }
      }),
    );
  });

  it("a request that came later is never due earlier", () => {
    fc.assert(
      fc.property(question, fc.nat(400 * 24), (given, hours) => {
        const later = new Date(Date.parse(given.receivedAt) + hours * 3_600_000).toISOString();
        expect(due({ ...given, receivedAt: later }).dueAt ?? 0).toBeGreaterThanOrEqual(due(given).dueAt ?? 0);
      }),
    );
  });
});
