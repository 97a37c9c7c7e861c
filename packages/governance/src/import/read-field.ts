import type { ImportDate, ImportSource } from "./import-map-schema.ts";

/** The fields of a row by column. */
export type ImportFields = ReadonlyMap<string, string>;

/** A text of the row, trimmed; null where the row says nothing. `unknownWord`: the map does not say what the field means. */
export function readText(request: { source: ImportSource | undefined; fields: ImportFields }): { text: string | null } | "unknownWord" {
  const { source, fields } = request;
  if (source === undefined) return { text: null };
  if ("value" in source) return { text: source.value };
  const field = readField({ column: source.column, fields });
  const isMapped = source.values !== undefined && Object.hasOwn(source.values, field);
  if (isMapped) return { text: source.values?.[field] ?? null };
  if (field === "") return { text: source.default ?? null };
  return source.values === undefined ? { text: field } : "unknownWord";
}

export function readField(request: { column: string; fields: ImportFields }): string {
  return (request.fields.get(request.column) ?? "").trim().normalize("NFC");
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/i;
const ISO_DATE = /^(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})$/;
const WRITTEN: Readonly<Record<Exclude<ImportDate["format"], "iso">, RegExp>> = {
  "day.month.year": /^(?<day>\d{1,2})\.(?<month>\d{1,2})\.(?<year>\d{4})$/,
  "day/month/year": /^(?<day>\d{1,2})\/(?<month>\d{1,2})\/(?<year>\d{4})$/,
  "month/day/year": /^(?<month>\d{1,2})\/(?<day>\d{1,2})\/(?<year>\d{4})$/,
};

/** Epoch milliseconds, a date being midnight UTC; null where the row says nothing; `invalidDate` for what is none. */
export function readDate(request: { source: ImportDate | undefined; fields: ImportFields }): number | null | "invalidDate" {
  const { source, fields } = request;
  if (source === undefined) return null;
  const field = readField({ column: source.column, fields });
  if (field === "") return null;
  if (source.format === "iso" && INSTANT.test(field)) {
    const day = readDay(ISO_DATE.exec(field.slice(0, 10)));
    const instant = Date.parse(field.toUpperCase());
    return day === null || Number.isNaN(instant) ? "invalidDate" : instant;
  }
  const written = (source.format === "iso" ? ISO_DATE : WRITTEN[source.format]).exec(field);
  return readDay(written) ?? "invalidDate";
}

function readDay(written: RegExpExecArray | null): number | null {
  if (written === null) return null;
  const { year, month, day } = written.groups ?? {};
  const [years, months, days] = [Number(year), Number(month), Number(day)];
  const at = Date.UTC(years, months - 1, days);
  const read = new Date(at);
  // 31 February is no date, whatever JavaScript makes of it.
  return read.getUTCMonth() === months - 1 && read.getUTCDate() === days && at >= 0 ? at : null;
}
