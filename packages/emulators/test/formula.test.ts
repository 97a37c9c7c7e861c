import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { evaluateFormula } from "../src/salesforce/formula/evaluate-formula.ts";
import type { FormulaRow } from "../src/salesforce/formula/formula-row.ts";
import type { FieldType } from "../src/salesforce/schema/org-schema.ts";

const TYPES: Record<string, FieldType> = {
  Name: "string",
  At__c: "double",
  Other__c: "double",
  Share__c: "percent",
  Status: "picklist",
  Tags__c: "multipicklist",
  Flag__c: "boolean",
  CaptureDate: "datetime",
  BirthDate: "date",
  "Party.Name": "string",
};
const NOW = Date.parse("2026-11-24T10:15:30.123Z");

function rowOf(request: { values?: Record<string, unknown>; prior?: Record<string, unknown> }): FormulaRow {
  const { values = {}, prior } = request;
  return {
    isNew: prior === undefined,
    read: (path) => values[path] ?? null,
    readPrior: (path) => prior?.[path] ?? null,
    fieldType: (path) => TYPES[path],
  };
}

function evaluate(source: string, values?: Record<string, unknown>, prior?: Record<string, unknown>): unknown {
  return evaluateFormula({
    source,
    row: rowOf({ ...(values === undefined ? {} : { values }), ...(prior === undefined ? {} : { prior }) }),
    now: NOW,
  });
}

describe("operators", () => {
  test.each([
    ["1 + 2 * 3", 7],
    ["(1 + 2) * 3", 9],
    ["-2 - -3", 1],
    ["10 / 4", 2.5],
    ["2 ^ 3", 8],
    ['"a" & "b" + "c"', "abc"],
    ["1 < 2 && 2 <= 2 || FALSE", true],
    ["TRUE || FALSE && FALSE", true],
    ["! (1 = 2)", true],
    ["1 <> 2", true],
    ["1 != 1", false],
    ["1 == 1", true],
    ["/* why */ 1 + /* not */ 1", 2],
    ["'single' = \"single\"", true],
    ['"a\\"b" = \'a"b\'', true],
    ["0.1 + 0.2 = 0.3", true],
  ])("%s is %j", (source, expected) => {
    expect(evaluate(source)).toEqual(expected);
  });
});

describe("blanks", () => {
  test("a comparison with a blank number is blank, and so is its negation", () => {
    expect(evaluate("At__c < 5")).toBeNull();
    expect(evaluate("NOT(At__c < 5)")).toBeNull();
    expect(evaluate("AND(NOT(At__c < 5), TRUE)")).toBe(false);
    expect(evaluate("OR(At__c < 5, TRUE)")).toBe(true);
    expect(evaluate("IF(At__c < 5, 1, 2)")).toBe(2);
  });

  test("equality of a blank number is blank, of a blank text plain", () => {
    expect(evaluate("At__c = 5")).toBeNull();
    expect(evaluate("At__c <> 5")).toBeNull();
    expect(evaluate('Name = ""')).toBe(true);
    expect(evaluate('Name <> "x"')).toBe(true);
  });

  test("arithmetic with a blank is blank", () => {
    expect(evaluate("At__c + 1")).toBeNull();
    expect(evaluate("BLANKVALUE(At__c, 0) + 1")).toBe(1);
  });

  test("a text is never null to ISNULL and NULLVALUE, but blank to ISBLANK and BLANKVALUE", () => {
    expect(evaluate("ISNULL(Name)")).toBe(false);
    expect(evaluate("ISBLANK(Name)")).toBe(true);
    expect(evaluate('NULLVALUE(Name, "x")')).toBeNull();
    expect(evaluate('BLANKVALUE(Name, "x")')).toBe("x");
    expect(evaluate("ISNULL(At__c)")).toBe(true);
    expect(evaluate("ISBLANK(Status)")).toBe(true);
  });

  test("a checkbox is never blank", () => {
    expect(evaluate("Flag__c = FALSE")).toBe(true);
    expect(() => evaluate("ISBLANK(Flag__c)")).toThrow("ISBLANK");
  });
});

describe("the record before the save", () => {
  test("in the save that creates a record nothing changed", () => {
    expect(evaluate("ISNEW()", { Name: "x" })).toBe(true);
    expect(evaluate("ISCHANGED(Name)", { Name: "x" })).toBe(false);
    expect(evaluate("PRIORVALUE(At__c)", { At__c: 3 })).toBeNull();
  });

  test("an update is compared with what was stored", () => {
    expect(evaluate("ISNEW()", {}, {})).toBe(false);
    expect(evaluate("ISCHANGED(At__c)", { At__c: 2 }, { At__c: 1 })).toBe(true);
    expect(evaluate("ISCHANGED(At__c)", { At__c: 1 }, { At__c: 1 })).toBe(false);
    expect(evaluate("ISCHANGED(Status)", { Status: "OptIn" }, { Status: "OptOut" })).toBe(true);
    expect(evaluate("At__c < PRIORVALUE(At__c)", { At__c: 1 }, { At__c: 2 })).toBe(true);
    expect(evaluate('ISPICKVAL(PRIORVALUE(Status), "OptOut")', { Status: "OptIn" }, { Status: "OptOut" })).toBe(true);
  });

  test("a field of another record has no value before", () => {
    expect(() => evaluate("ISCHANGED(Party.Name)", {}, {})).toThrow("Party.Name");
    expect(() => evaluate("PRIORVALUE(1 + 1)", {}, {})).toThrow("PRIORVALUE");
  });
});

describe("picklists", () => {
  test("a picklist as a text is refused", () => {
    expect(() => evaluate('Status = "OptIn"')).toThrow(
      "Field Status is a picklist field. Picklist fields are only supported in certain functions.",
    );
    expect(() => evaluate("LEN(Status)")).toThrow("picklist");
  });

  test("ISPICKVAL, TEXT, CASE and INCLUDES take them", () => {
    expect(evaluate('ISPICKVAL(Status, "OptIn")', { Status: "OptIn" })).toBe(true);
    expect(evaluate('ISPICKVAL(Status, "")')).toBe(true);
    expect(evaluate('TEXT(Status) = "OptIn"', { Status: "OptIn" })).toBe(true);
    expect(evaluate('CASE(Status, "OptIn", 1, "OptOut", 2, 0)', { Status: "OptOut" })).toBe(2);
    expect(evaluate('INCLUDES(Tags__c, "b")', { Tags__c: "a;b" })).toBe(true);
    expect(evaluate('INCLUDES(Tags__c, "c")', { Tags__c: "a;b" })).toBe(false);
  });
});

describe("functions", () => {
  test.each([
    ['if(true, "a", "b")', "a"],
    ["LEN(Name)", 3],
    ["LEFT(Name, 2)", "ab"],
    ["RIGHT(Name, 2)", "bc"],
    ["MID(Name, 2, 5)", "bc"],
    ['FIND("c", Name)', 3],
    ['FIND("x", Name)', 0],
    ['SUBSTITUTE(Name, "b", "--")', "a--c"],
    ['TRIM("  a ")', "a"],
    ["UPPER(Name)", "ABC"],
    ['LOWER("ABC")', "abc"],
    ['CONTAINS(Name, "b")', true],
    ['BEGINS(Name, "ab")', true],
    ['REGEX(Name, "[a-c]{3}")', true],
    ['REGEX(Name, "b")', false],
    ['VALUE("1.5")', 1.5],
    ["MIN(3, 1, 2)", 1],
    ["MAX(3, 1, 2)", 3],
    ["ABS(-2)", 2],
    ["FLOOR(-1.5)", -1],
    ["CEILING(-1.5)", -2],
    ["MFLOOR(-1.5)", -2],
    ["ROUND(1.005, 2)", 1.01],
    ["ROUND(-2.5, 0)", -3],
    ["MOD(7, 3)", 1],
    ["TEXT(1000000)", "1000000"],
    ["TEXT(NOW())", "2026-11-24 10:15:30Z"],
    ["TEXT(TODAY())", "2026-11-24"],
    ['TEXT(DATEVALUE("2026-01-02") + 30)', "2026-02-01"],
    ['DATEVALUE("2026-02-01") - DATEVALUE("2026-01-02")', 30],
    ["YEAR(TODAY()) * 100 + MONTH(TODAY())", 202_611],
  ])("%s is %j", (source, expected) => {
    expect(evaluate(source, { Name: "abc" })).toEqual(expected);
  });

  test("a percent field counts as a share of one", () => {
    expect(evaluate("Share__c", { Share__c: 50 })).toBe(0.5);
  });

  test("the origin of time is 1900", () => {
    expect(evaluate("CaptureDate > $System.OriginDateTime", { CaptureDate: "1901-01-01T00:00:00.000+0000" })).toBe(true);
  });

  test("epoch milliseconds come out of datetimes exactly, whatever the instant", () => {
    const spellings = [
      'At__c = (CaptureDate - DATETIMEVALUE("1970-01-01 00:00:00")) * 86400000',
      'At__c = (CaptureDate - DATETIMEVALUE("1970-01-01 00:00:00")) * 24 * 60 * 60 * 1000',
      'CaptureDate = DATETIMEVALUE("1970-01-01 00:00:00") + At__c / 86400000',
    ];
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e12 }), fc.constantFrom(...spellings), (at, source) => {
        expect(evaluate(source, { At__c: at, CaptureDate: new Date(at).toISOString() })).toBe(true);
      }),
    );
  });

  test("what is counted from datetimes is a whole number of milliseconds, with no noise to cut off", () => {
    const source = 'FLOOR((CaptureDate - DATETIMEVALUE("1970-01-01 00:00:00")) * 86400000)';
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e12 }), (at) => {
        expect(evaluate(source, { CaptureDate: new Date(at).toISOString() })).toBe(at);
      }),
    );
  });

  test("two instants a millisecond apart are never taken for one", () => {
    const source = '(CaptureDate - DATETIMEVALUE("1970-01-01 00:00:00")) * 86400000 > At__c';
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4e12 }), (at) => {
        expect(evaluate(source, { At__c: at - 1, CaptureDate: new Date(at).toISOString() })).toBe(true);
        expect(evaluate(source, { At__c: at, CaptureDate: new Date(at).toISOString() })).toBe(false);
      }),
    );
  });
});

describe("what Salesforce refuses", () => {
  test.each([
    ["", "Syntax error"],
    ["1 +", "Syntax error"],
    ["(1", "Syntax error. Missing ')'"],
    ["1)", "Syntax error. Extra ')'"],
    ["1 2", "Syntax error"],
    ['"open', "Syntax error"],
    ["Nope__c = 1", "Field Nope__c does not exist. Check spelling."],
    ["NOPE(1)", "Unknown function NOPE. Check spelling."],
    ["LEN()", "Incorrect number of parameters for function 'LEN()'. Expected 1, received 0"],
    ["IF(1, 2, 3)", "Incorrect parameter type for function 'IF()'. Expected Boolean, received Number"],
    ["Name < 1", "Incorrect parameter type for operator '<'"],
    ["Name & 1", "Incorrect parameter type for operator '&'. Expected Text, received Number"],
    ["Name = 1", "Incorrect parameter type for operator '='. Expected Text, received Number"],
    ["NOW() > TODAY()", "Incorrect parameter type for operator '>'. Expected DateTime, received Date"],
    ["TEXT(Name)", "Incorrect parameter type for function 'TEXT()'"],
    ["ISPICKVAL(Name, \"x\")", "ISPICKVAL"],
    ["ISPICKVAL(Status, Name)", "ISPICKVAL"],
    ["{!Name} = 1", "Syntax error"],
    ["Name =< 1", "Syntax error"],
  ])("%s: %s", (source, message) => {
    expect(() => evaluate(source)).toThrow(message);
  });

  test("what fails only while it runs fails then", () => {
    expect(() => evaluate("1 / At__c", { At__c: 0 })).toThrow("Division by zero");
    expect(() => evaluate("VALUE(Name)", { Name: "abc" })).toThrow("VALUE");
    expect(() => evaluate("DATETIMEVALUE(Name)", { Name: "2026-02-30 00:00:00" })).toThrow("DATETIMEVALUE");
  });
});
