import { isDate, isDatetime, type FormulaValue } from "./formula-value.ts";

/** What TEXT() makes of a value: numbers without grouping or exponent, datetimes in GMT to the second. */
export function toText(value: FormulaValue): string | null {
  if (value === null) return null;
  if (typeof value === "number") return formatNumber(value);
  if (isDate(value)) return value.text;
  if (isDatetime(value)) return `${new Date(value.at).toISOString().slice(0, 19).replace("T", " ")}Z`;
  return String(value);
}

function formatNumber(value: number): string {
  const text = Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(15)));
  if (!text.includes("e")) return text;
  return value.toLocaleString("en-US", { useGrouping: false, maximumFractionDigits: 20 });
}
