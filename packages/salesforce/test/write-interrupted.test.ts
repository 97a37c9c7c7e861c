import { describe, expect, test } from "vitest";
import { NEWS, openBrand, SMS, submissionOf, type Brand } from "./support/open-brand.ts";

const CONSENTS = "ContactPointTypeConsent";
const MOST_CALLS = 9;

/** By address: what each submission was told. */
async function collectFile(brand: Brand, file: readonly Record<string, unknown>[]): Promise<string[]> {
  const outcomes: string[] = [];
  for await (const { destinations } of brand.volenti.collectMany(file)) outcomes.push(destinations[0]?.outcome ?? "none");
  return outcomes;
}

/** One who is linked, one who is cleared, one who is new and one who is mended: every stage of a write has something to do. */
async function openFile(): Promise<{ brand: Brand; file: readonly Record<string, unknown>[] }> {
  const brand = await openBrand({ options: { callReserve: 0 } });
  await brand.collect(submissionOf({ email: "cleared@example.com", at: -90_000, decisions: [{ ...NEWS, status: "refused" }] }));
  await brand.collect(submissionOf({ email: "mended@example.com", at: -40_000 }));
  brand.emulator.org.insert({ objectName: "Contact", values: { LastName: "Old", Email: "linked@example.com" } });
  const file = [
    submissionOf({ email: "linked@example.com", decisions: [{ ...NEWS, status: "refused" }] }),
    submissionOf({ email: "cleared@example.com", profile: null, decisions: [{ ...NEWS, status: "given" }, { ...SMS, status: "refused" }] }),
    submissionOf({ email: "new@example.com", decisions: [{ ...NEWS, status: "refused" }] }),
    submissionOf({ email: "mended@example.com", profile: { givenName: "Older", locale: "de-CH" }, decisions: [{ ...NEWS, status: "refused" }] }),
  ];
  return { brand, file };
}

function flagOf(brand: Brand, email: string): unknown {
  return brand.rows("Contact").find((row) => row["Email"] === email)?.["HasOptedOutOfEmail"];
}

function expectRefusalsInForce(brand: Brand, outcomes: readonly string[]): void {
  for (const [index, email] of ["linked@example.com", "", "new@example.com", "mended@example.com"].entries()) {
    if (email !== "" && outcomes[index] === "applied") expect([email, flagOf(brand, email)]).toEqual([email, true]);
  }
}

const ends: readonly { name: string; begin: (brand: Brand, after: number) => void; end: (brand: Brand) => void }[] = [
  {
    name: "the day's calls",
    begin: (brand, after) => brand.emulator.faults.setDailyLimit(brand.emulator.calls.total() + after),
    end: (brand) => {
      brand.emulator.faults.setDailyLimit(100_000);
      brand.pass(60 * 60_000);
    },
  },
  {
    name: "the session",
    begin: (brand, after) => {
      let calls = 0;
      const count = (): void => {
        calls += 1;
        if (calls > after) brand.emulator.faults.setSessionsRefused(true);
        else brand.intervene({ when: () => true, run: count });
      };
      brand.intervene({ when: () => true, run: count });
    },
    end: (brand) => {
      brand.intervene({ when: () => false, run: () => undefined });
      brand.emulator.faults.setSessionsRefused(false);
    },
  },
];

describe.each(ends)("where $name ends inside a write", ({ begin, end }) => {
  test.each(Array.from({ length: MOST_CALLS }, (_, index) => index))("after %s calls, nothing is told that is not so, and the file can be sent again", async (after) => {
    const { brand, file } = await openFile();
    begin(brand, after);
    expectRefusalsInForce(brand, await collectFile(brand, file));
    end(brand);
    const outcomes = await collectFile(brand, file);
    expect(outcomes.filter((outcome) => !["applied", "unchanged", "superseded"].includes(outcome))).toEqual([]);
    expect(["linked", "cleared", "new", "mended"].map((name) => flagOf(brand, `${name}@example.com`))).toEqual([true, false, true, true]);
    expect(brand.rows("Contact")).toHaveLength(4);
    expect(brand.rows(CONSENTS)).toHaveLength(5);
    expect(brand.rows("VolentiDecision__c")).toHaveLength(6);
    expect(brand.rows("Contact").find((row) => row["Email"] === "mended@example.com")).toMatchObject({ FirstName: "Inès", VolentiLocale__c: "fr-FR" });
  });
});
