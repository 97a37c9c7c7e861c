import { parse } from "csv-parse/sync";
import { malformedAnswer } from "../error/map-salesforce-error.ts";
import type { RawFault } from "../error/fault.ts";

/** A row of a result file, as far as it is read. */
export interface ResultRow {
  readonly key: string;
  readonly isCreated: boolean;
  readonly errors: readonly RawFault[];
}

/** Reads a result file as RFC 4180 has it, with the comma as the only delimiter. Rows are told by the key's column, for their order is not ours. */
export function readResultFile(request: { csv: string; keyField: string; operation: string }): readonly ResultRow[] {
  const { csv, keyField, operation } = request;
  if (csv.trim() === "") return [];
  const malformed = (): Error => malformedAnswer({ status: 200, operation, changes: false, providerCode: "RESULTS" });
  const table = parseTable({ csv, malformed });
  const [header = [], ...rows] = table;
  const keyAt = header.findIndex((name) => name.toLowerCase() === keyField.toLowerCase());
  const createdAt = header.indexOf("sf__Created");
  const errorAt = header.indexOf("sf__Error");
  if (keyAt === -1) throw malformed();
  return rows.map((row) => ({
    key: row[keyAt] ?? "",
    isCreated: createdAt !== -1 && row[createdAt] === "true",
    errors: errorAt === -1 ? [] : [parseRowError(row[errorAt] ?? "")],
  }));
}

function parseTable(request: { csv: string; malformed: () => Error }): string[][] {
  try {
    return parse(request.csv, { delimiter: ",", bom: true, relax_quotes: true, skip_empty_lines: true });
  } catch {
    // The parser's own error quotes the line.
    throw request.malformed();
  }
}

/** `CODE:text:fields --`, the text with colons of its own. */
function parseRowError(text: string): RawFault {
  const end = text.lastIndexOf(" --");
  const body = end === -1 ? text : text.slice(0, end);
  const first = body.indexOf(":");
  const last = body.lastIndexOf(":");
  if (first === -1) return { statusCode: body.trim(), message: "", fields: [] };
  const fields = end === -1 || last === first ? [] : body.slice(last + 1).split(",").map((name) => name.trim());
  return { statusCode: body.slice(0, first).trim(), message: body.slice(first + 1, last === first ? undefined : last), fields };
}
