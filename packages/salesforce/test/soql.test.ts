import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fieldName, joinSoql, soql, soqlInstant, type Soql } from "../src/query/soql.ts";
import { structureOf } from "./support/query-structure.ts";

/** The text that a literal stands for. */
function unescape(literal: string): string {
  const simple: Record<string, string> = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f" };
  return literal.replaceAll(/\\(?:u([0-9a-f]{4})|(.))/gs, (_match, hexadecimal: string | undefined, mark: string) =>
    hexadecimal === undefined ? (simple[mark] ?? mark) : String.fromCharCode(Number.parseInt(hexadecimal, 16)),
  );
}

describe("soql", () => {
  it("quotes texts, lists values and takes names as they are", () => {
    const emails = ["a@example.com", "o'hara@example.com"];
    const { text } = soql`SELECT Id FROM Contact WHERE Email IN ${emails} AND ${fieldName("Account.Ref__c")} = ${"x"} AND A__c > ${3} AND B__c = ${true} AND C__c = ${null}`;
    expect(text).toBe(String.raw`SELECT Id FROM Contact WHERE Email IN ('a@example.com','o\'hara@example.com') AND Account.Ref__c = 'x' AND A__c > 3 AND B__c = true AND C__c = null`);
  });

  it("joins names for SELECT, conditions and queries in queries", () => {
    const conditions = [soql`A__c = ${1}`, soql`B__c = ${"b"}`];
    const { text, holdsTexts } = soql`SELECT ${["Id", "Name"].map(fieldName)} FROM Contact WHERE ${joinSoql({ parts: conditions, separator: " OR " })}`;
    expect(text).toBe("SELECT Id, Name FROM Contact WHERE A__c = 1 OR B__c = 'b'");
    expect(holdsTexts).toBe(true);
    expect(soql`SELECT Id FROM Contact WHERE A__c > ${1}`.holdsTexts).toBe(false);
  });

  it("writes instants bare, in UTC", () => {
    const instant = Date.UTC(2026, 0, 2, 3, 4, 5, 6);
    expect(soql`A > ${new Date(instant)} AND B < ${soqlInstant(instant)}`.text).toBe("A > 2026-01-02T03:04:05.006Z AND B < 2026-01-02T03:04:05.006Z");
  });

  it("refuses what SOQL cannot say, and names that are none", () => {
    const refusals = [
      () => soql`Id IN ${[]}`,
      () => soql`A = ${Number.NaN}`,
      () => soql`A = ${1e21}`,
      () => soql`A = ${new Date(Number.NaN)}`,
      () => fieldName("Id FROM User"),
      () => fieldName("a-b"),
      () => fieldName(""),
    ];
    for (const refusal of refusals) expect(refusal).toThrow(expect.objectContaining({ code: "invalidInput" }));
  });

  it("takes no object that only looks like a query", () => {
    const forged = { text: "Id FROM User", holdsTexts: false } as unknown as Soql;
    expect(() => soql`SELECT ${forged}`).toThrow(expect.objectContaining({ code: "invalidInput" }));
  });

  it("keeps the template's structure, whatever the values", () => {
    const hostile = fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: fc.constantFrom("\uD800", "\uDC00", "\\", "'", '"', "\n", "\r", "\u0000", "%", "u", "a", "é", "\u2028") }));
    fc.assert(
      fc.property(hostile, fc.array(hostile, { minLength: 1, maxLength: 4 }), (value, values) => {
        const { text } = soql`SELECT Id FROM Contact WHERE Email = ${value} AND Ref__c IN ${values} LIMIT 1`;
        const list = values.map(() => "?").join(",");
        expect(structureOf(text)).toBe(`SELECT Id FROM Contact WHERE Email = ? AND Ref__c IN (${list}) LIMIT 1`);
        expect(text).not.toMatch(/[\u0000-\u001F\u007F-\u009F]/);
        expect(text.isWellFormed()).toBe(true);
      }),
    );
  });

  it("says the very text that it was given", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (value) => {
        expect(unescape(soql`${value}`.text.slice(1, -1))).toBe(value);
      }),
    );
  });
});
