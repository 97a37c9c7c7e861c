import type { ObjectSchema } from "../schema/org-schema.ts";
import type { StoredRow } from "../store/stored-row.ts";
import { rowError, type RowError } from "../write/row-error.ts";
import { addressPrefixes } from "./add-address-picklists.ts";
import { countries } from "./countries.ts";
import { statesOf } from "./states.ts";

type Changes = Record<string, string | null>;

interface AddressRequest {
  readonly object: ObjectSchema;
  readonly row: StoredRow;
  /** Fields that this save names. */
  readonly written: readonly string[];
  readonly isNew: boolean;
}

/**
 * Where address picklists are on: countries and states must be of the table, by code or by integration value, and the
 * one of the two that was not given is filled in.
 */
export function checkAddresses(request: AddressRequest): { error: RowError | null; changes: Changes } {
  const { object, written } = request;
  const changes: Changes = {};
  for (const prefix of addressPrefixes(object)) {
    if (!object.fields.has(`${prefix}CountryCode`)) continue;
    const names = ["Country", "CountryCode", "State", "StateCode"].map((part) => prefix + part);
    if (!names.some((name) => written.includes(name))) continue;
    const country = settle({ ...request, prefix, part: "Country", table: countries });
    if (country.error !== null) return { error: country.error, changes };
    Object.assign(changes, valuesOf({ prefix, part: "Country", code: country.code, table: countries }));
    const states = statesOf(country.code ?? "");
    const isCleared = country.code === null && names.slice(0, 2).some((name) => written.includes(name)) && !names.slice(2).some((name) => written.includes(name) && isSet(request.row[name]));
    if (isCleared) {
      Object.assign(changes, { [`${prefix}State`]: null, [`${prefix}StateCode`]: null });
      continue;
    }
    const state = settle({ ...request, prefix, part: "State", table: states });
    if (state.error !== null) return { error: state.error, changes };
    Object.assign(changes, valuesOf({ prefix, part: "State", code: state.code, table: states }));
  }
  return { error: null, changes };
}

interface Settle extends AddressRequest {
  readonly prefix: string;
  readonly part: "Country" | "State";
  readonly table: ReadonlyMap<string, string>;
}

/** The code that a country or state ends up with. */
function settle(request: Settle): { code: string | null; error: RowError | null } {
  const { row, written, isNew, prefix, part, table } = request;
  const [textName, codeName] = [prefix + part, `${prefix}${part}Code`];
  const [text, code] = [row[textName], row[codeName]];
  const [isTextWritten, isCodeWritten] = [written.includes(textName), written.includes(codeName)];
  if (!isTextWritten) return byCode({ ...request, code });
  const found = isSet(text) ? findByName({ table, name: String(text) }) : null;
  if (!isCodeWritten || !isSet(code)) return isSet(text) && found === null ? { code: null, error: problemWith(request) } : { code: found, error: null };
  const isMismatch = isSet(text) && found !== code;
  return isMismatch && !isNew ? { code: null, error: problemWith(request) } : byCode({ ...request, code });
}

function byCode(request: Settle & { code: unknown }): { code: string | null; error: RowError | null } {
  const { code, table } = request;
  if (!isSet(code)) return { code: null, error: null };
  return table.has(String(code)) ? { code: String(code), error: null } : { code: null, error: problemWith(request) };
}

function findByName(request: { table: ReadonlyMap<string, string>; name: string }): string | null {
  const wanted = request.name.toLowerCase();
  for (const [code, name] of request.table) if (name.toLowerCase() === wanted) return code;
  return null;
}

function valuesOf(request: { prefix: string; part: string; code: string | null; table: ReadonlyMap<string, string> }): Changes {
  const { prefix, part, code, table } = request;
  return { [prefix + part]: code === null ? null : (table.get(code) ?? null), [`${prefix}${part}Code`]: code };
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function problemWith(request: Settle): RowError {
  const { prefix, part, row } = request;
  const noun = part === "Country" ? "country" : "state";
  const name = prefix + part;
  const isOrphan = part === "State" && !isSet(row[`${prefix}Country`]) && !isSet(row[`${prefix}CountryCode`]);
  const message = isOrphan
    ? `A country/territory must be specified before specifying a state value for field: ${name}`
    : `There's a problem with this ${noun}, even though it may appear correct. Please select a ${noun === "country" ? "country/territory" : "state/province"} from the list of valid ${noun === "country" ? "countries" : "states"}.: ${name}`;
  return rowError({ statusCode: "FIELD_INTEGRITY_EXCEPTION", message, fields: [name] });
}
