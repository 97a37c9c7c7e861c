import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openOrg } from "./open-org.ts";

const escape = (text: string): string => text.replace(/[\\']/g, "\\$&").replaceAll("\n", "\\n").replaceAll("\r", "\\r");
const word = fc.string({ minLength: 1, maxLength: 30, unit: "grapheme" }).map((text) => text.trim()).filter((text) => text !== "" && text.length <= 80);

describe("for all texts", () => {
  it("a query finds what was written, once it is escaped", async () => {
    const { emulator: { org }, query } = await openOrg();
    await fc.assert(
      fc.asyncProperty(word, async (name) => {
        const id = org.insert({ objectName: "Individual", values: { LastName: name } });
        const equal = await query(`SELECT Id FROM Individual WHERE LastName = '${escape(name)}'`);
        const like = await query(`SELECT Id FROM Individual WHERE LastName LIKE '${escape(name).replace(/[%_]/g, "\\$&")}'`);
        org.remove({ objectName: "Individual", id });
        expect(equal.body).toMatchObject({ records: [{ Id: id }] });
        expect(like.body).toMatchObject({ records: [{ Id: id }] });
      }),
      { numRuns: 200 },
    );
  });

  it("a key in an address reaches the row of that key", async () => {
    const { call, emulator: { org } } = await openOrg();
    await fc.assert(
      fc.asyncProperty(word.filter((text) => text !== "." && text !== ".."), async (key) => {
        const id = org.insert({ objectName: "Individual", values: { LastName: "Doe", Ref__c: key } });
        const answer = await call({ path: `sobjects/Individual/Ref__c/${encodeURIComponent(key)}` });
        org.remove({ objectName: "Individual", id });
        expect(answer).toMatchObject({ status: 200, body: { Id: id } });
      }),
      { numRuns: 200 },
    );
  });
});

describe("for all calls of rows", () => {
  const rows = fc.array(fc.record({ key: fc.constantFrom("a", "b", "c", "d", "E"), isGood: fc.boolean() }), { minLength: 1, maxLength: 8 });
  const toRecord = ({ key, isGood }: { key: string; isGood: boolean }) => ({ attributes: { type: "Individual" }, Ref__c: key, LastName: isGood ? "Doe" : null });

  it("all or none leaves either every row or nothing behind", async () => {
    await fc.assert(
      fc.asyncProperty(rows, rows, async (first, second) => {
        const { call, emulator: { org } } = await openOrg();
        const upsert = (list: typeof first, allOrNone: boolean) =>
          call({ method: "PATCH", path: "composite/sobjects/Individual/Ref__c", body: { allOrNone, records: list.map(toRecord) } });
        await upsert(first, false);
        const before = org.dump();
        const { body } = await upsert(second, true);
        const successes = (body as { success: boolean }[]).filter(({ success }) => success).length;
        expect([0, second.length]).toContain(successes);
        if (successes === 0) expect(org.dump()).toBe(before);
        const keys = org.rows("Individual").map((row) => String(row["Ref__c"]).toLowerCase());
        expect(new Set(keys).size).toBe(keys.length);
      }),
      { numRuns: 60 },
    );
  });
});
