import type { JsonValue } from "@volenti/core/adapter";
import type { BulkRow } from "./bulk-row.ts";

/** What clears a field in a bulk job; an empty cell leaves it as it is. */
const CLEARED = "#N/A";
/** Limits of Bulk API 2.0, in characters. */
const LONGEST_CELL = 131_072;
const LONGEST_ROW = 400_000;

/**
 * The row's cells by column, or null where a bulk job cannot say it: a list, a text that means "cleared" there, too long.
 * https://developer.salesforce.com/docs/atlas.en-us.api_asynch.meta/api_asynch/datafiles_csv_preparing.htm
 */
export function toCells(row: BulkRow): ReadonlyMap<string, string> | null {
  const cells = new Map<string, string>();
  for (const [name, value] of Object.entries(row)) {
    if (name === "attributes") continue;
    const parent = isParent(value) ? toParentCell({ name, parent: value }) : { column: name, value };
    const cell = parent === null ? null : toCell(parent.value);
    if (parent === null || cell === null || cell.length > LONGEST_CELL) return null;
    cells.set(parent.column, cell);
  }
  const length = [...cells.values()].reduce((sum, cell) => sum + cell.length + 1, 0);
  return length > LONGEST_ROW ? null : cells;
}

function isParent(value: JsonValue): value is { readonly [key: string]: JsonValue } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** `Party.VolentiRef__c`, or `ContactPointEmail:ContactPoint.Key__c` where the parent says its type. */
function toParentCell(request: {
  name: string;
  parent: { readonly [key: string]: JsonValue };
}): { column: string; value: JsonValue } | null {
  const { name, parent } = request;
  const { attributes, ...keys } = parent;
  const [entry, ...others] = Object.entries(keys);
  if (entry === undefined || others.length > 0) return null;
  const type = attributes !== undefined && isParent(attributes) ? attributes["type"] : undefined;
  return { column: `${typeof type === "string" ? `${type}:` : ""}${name}.${entry[0]}`, value: entry[1] };
}

function toCell(value: JsonValue): string | null {
  if (value === null || value === "") return CLEARED;
  if (typeof value === "object" || value === CLEARED) return null;
  return String(value);
}
