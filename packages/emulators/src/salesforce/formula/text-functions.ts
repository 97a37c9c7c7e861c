import { FormulaError } from "./formula-error.ts";
import type { FormulaFunction } from "./formula-function.ts";
import type { FormulaValue } from "./formula-value.ts";

const TEXT = ["text"] as const;
const NUMBER = ["number"] as const;

/** The functions of texts. A blank text counts as the empty one; a blank number makes the answer blank. */
export const TEXT_FUNCTIONS: Readonly<Record<string, FormulaFunction>> = {
  LEN: { inputs: [TEXT], result: "number", run: ({ values }) => textAt(values, 0).length },
  LEFT: { inputs: [TEXT, NUMBER], result: "text", run: ({ values }) => cut({ values, from: () => 0, length: 1 }) },
  RIGHT: {
    inputs: [TEXT, NUMBER],
    result: "text",
    run: ({ values }) => cut({ values, from: (text, count) => Math.max(0, text.length - count), length: 1 }),
  },
  MID: {
    inputs: [TEXT, NUMBER, NUMBER],
    result: "text",
    run: ({ values }) => {
      const start = numberAt(values, 1);
      return start === null ? null : cut({ values, from: () => Math.max(1, start) - 1, length: 2 });
    },
  },
  FIND: { inputs: [TEXT, TEXT, NUMBER], optional: 1, result: "number", run: ({ values }) => find(values) },
  SUBSTITUTE: {
    inputs: [TEXT, TEXT, TEXT],
    result: "text",
    run: ({ values }) => {
      const sought = textAt(values, 1);
      return sought === "" ? textAt(values, 0) : textAt(values, 0).split(sought).join(textAt(values, 2));
    },
  },
  TRIM: { inputs: [TEXT], result: "text", run: ({ values }) => textAt(values, 0).trim() },
  UPPER: { inputs: [TEXT, TEXT], optional: 1, result: "text", run: ({ values }) => textAt(values, 0).toUpperCase() },
  LOWER: { inputs: [TEXT, TEXT], optional: 1, result: "text", run: ({ values }) => textAt(values, 0).toLowerCase() },
  LPAD: { inputs: [TEXT, NUMBER, TEXT], optional: 1, result: "text", run: ({ values }) => pad({ values, side: "start" }) },
  RPAD: { inputs: [TEXT, NUMBER, TEXT], optional: 1, result: "text", run: ({ values }) => pad({ values, side: "end" }) },
  CONTAINS: { inputs: [TEXT, TEXT], result: "boolean", run: ({ values }) => seek(values, (text, part) => text.includes(part)) },
  BEGINS: { inputs: [TEXT, TEXT], result: "boolean", run: ({ values }) => seek(values, (text, part) => text.startsWith(part)) },
  REGEX: { inputs: [TEXT, TEXT], result: "boolean", run: ({ values }) => compile(textAt(values, 1)).test(textAt(values, 0)) },
  VALUE: { inputs: [TEXT], result: "number", run: ({ values }) => toNumber(textAt(values, 0)) },
};

export function textAt(values: readonly FormulaValue[], index: number): string {
  const value = values[index];
  return typeof value === "string" ? value : "";
}

export function numberAt(values: readonly FormulaValue[], index: number): number | null {
  const value = values[index];
  return typeof value === "number" ? value : null;
}

function cut(request: {
  values: readonly FormulaValue[];
  from: (text: string, count: number) => number;
  /** Which input is the number of characters. */
  length: number;
}): string | null {
  const text = textAt(request.values, 0);
  const count = numberAt(request.values, request.length);
  if (count === null) return null;
  const start = Math.trunc(request.from(text, Math.max(0, count)));
  return text.slice(start, start + Math.trunc(Math.max(0, count)));
}

function find(values: readonly FormulaValue[]): number | null {
  const start = values.length > 2 ? numberAt(values, 2) : 1;
  if (start === null) return null;
  if (textAt(values, 0) === "" || start < 1) return 0;
  return textAt(values, 1).indexOf(textAt(values, 0), Math.trunc(start) - 1) + 1;
}

function pad(request: { values: readonly FormulaValue[]; side: "start" | "end" }): string | null {
  const text = textAt(request.values, 0);
  const length = numberAt(request.values, 1);
  if (length === null) return null;
  const filling = request.values.length > 2 ? textAt(request.values, 2) : " ";
  const whole = Math.trunc(Math.max(0, length));
  const cutText = text.slice(0, whole);
  return request.side === "start" ? cutText.padStart(whole, filling) : cutText.padEnd(whole, filling);
}

/** A blank part is in every text; in a blank text nobody knows. */
function seek(values: readonly FormulaValue[], holds: (text: string, part: string) => boolean): boolean | null {
  const text = textAt(values, 0);
  const part = textAt(values, 1);
  if (part === "") return true;
  return text === "" ? null : holds(text, part);
}

function compile(pattern: string): RegExp {
  try {
    return new RegExp(`^(?:${pattern})$`, "u");
  } catch {
    throw new FormulaError("Invalid regular expression in function REGEX()");
  }
}

function toNumber(text: string): number | null {
  if (text === "") return null;
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text)) throw new FormulaError("Invalid number in function VALUE()");
  return Number(text);
}
