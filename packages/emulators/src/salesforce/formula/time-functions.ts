import { FormulaError } from "./formula-error.ts";
import type { FormulaFunction } from "./formula-function.ts";
import { isDate, isDatetime, type FormulaValue } from "./formula-value.ts";
import { numberAt, textAt } from "./text-functions.ts";

const NUMBER = ["number"] as const;
const DATE = ["date"] as const;
const WHEN = ["text", "date", "datetime"] as const;

/** The functions of dates and times. The org's time zone is GMT. */
export const TIME_FUNCTIONS: Readonly<Record<string, FormulaFunction>> = {
  NOW: { inputs: [], result: "datetime", run: ({ now }) => ({ kind: "datetime", at: now }) },
  TODAY: { inputs: [], result: "date", run: ({ now }) => toDate(now) },
  DATETIMEVALUE: { inputs: [WHEN], result: "datetime", run: ({ values }) => toDatetimeValue(values[0] ?? null) },
  DATEVALUE: { inputs: [WHEN], result: "date", run: ({ values }) => toDateValue(values[0] ?? null) },
  DATE: { inputs: [NUMBER, NUMBER, NUMBER], result: "date", run: ({ values }) => composeDate(values) },
  YEAR: { inputs: [DATE], result: "number", run: ({ values }) => part({ value: values[0] ?? null, from: 0, to: 4 }) },
  MONTH: { inputs: [DATE], result: "number", run: ({ values }) => part({ value: values[0] ?? null, from: 5, to: 7 }) },
  DAY: { inputs: [DATE], result: "number", run: ({ values }) => part({ value: values[0] ?? null, from: 8, to: 10 }) },
  UNIXTIMESTAMP: {
    inputs: [["date", "datetime"]],
    result: "number",
    run: ({ values }) => {
      const at = toInstant(values[0] ?? null);
      return at === null ? null : Math.floor(at / 1000);
    },
  },
  FROMUNIXTIME: {
    inputs: [NUMBER],
    result: "datetime",
    run: ({ values }) => {
      const seconds = numberAt(values, 0);
      return seconds === null ? null : { kind: "datetime", at: Math.round(seconds * 1000) };
    },
  },
};

/** Epoch milliseconds of a datetime, or of a date's first moment; null for what is neither. */
export function toInstant(value: FormulaValue): number | null {
  if (isDatetime(value)) return value.at;
  return isDate(value) ? Date.parse(`${value.text}T00:00:00.000Z`) : null;
}

export function toDate(at: number): { kind: "date"; text: string } {
  return { kind: "date", text: new Date(at).toISOString().slice(0, 10) };
}

function toDatetimeValue(value: FormulaValue): FormulaValue {
  const at = toInstant(value);
  if (at !== null) return { kind: "datetime", at };
  const text = textAt([value], 0);
  if (text === "") return null;
  // What follows the seconds is not looked at; Salesforce reads up to there.
  const parts = /^(\d{4})-(\d{1,2})-(\d{1,2}) (\d{1,2}):(\d{1,2}):(\d{1,2})/.exec(text);
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts?.slice(1).map(Number) ?? [];
  const instant = Date.UTC(year, month - 1, day, hour, minute, second);
  const read = new Date(instant);
  const isSound = parts !== null && read.getUTCDate() === day && read.getUTCMonth() === month - 1 && hour < 24 && minute < 60 && second < 60;
  if (!isSound) throw new FormulaError("Invalid date/time in function DATETIMEVALUE()");
  return { kind: "datetime", at: instant };
}

function toDateValue(value: FormulaValue): FormulaValue {
  const at = toInstant(value);
  if (at !== null) return toDate(at);
  const text = textAt([value], 0);
  if (text === "") return null;
  const [year, month, day] = /^(\d{4})-(\d{1,2})-(\d{1,2})/.exec(text)?.slice(1).map(Number) ?? [];
  return composeDate([year ?? null, month ?? null, day ?? null]) ?? refuseDate("DATEVALUE");
}

function composeDate(values: readonly FormulaValue[]): FormulaValue {
  const [year, month, day] = [numberAt(values, 0), numberAt(values, 1), numberAt(values, 2)];
  if (year === null || month === null || day === null) return null;
  const read = new Date(Date.UTC(Math.trunc(year), Math.trunc(month) - 1, Math.trunc(day)));
  if (read.getUTCMonth() !== Math.trunc(month) - 1 || read.getUTCDate() !== Math.trunc(day)) return refuseDate("DATE");
  return toDate(read.getTime());
}

function refuseDate(name: string): never {
  throw new FormulaError(`Invalid date in function ${name}()`);
}

function part(request: { value: FormulaValue; from: number; to: number }): number | null {
  return isDate(request.value) ? Number(request.value.text.slice(request.from, request.to)) : null;
}
