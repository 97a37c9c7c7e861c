import { memberNamed, shapeOf } from "./class-members.ts";
import type { ClassName } from "./data-contract.ts";
import { escapeText } from "./escape-text.ts";
import { ENVELOPE_NAMESPACE, RETAIL_NAMESPACE } from "./namespaces.ts";
import { OPERATIONS, type OperationArguments, type OperationName } from "./operations.ts";
import { RefusedMemberError } from "./refused-member-error.ts";
import { writeClass, type EmptiedMembers } from "./write-class.ts";

const START = `<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="${ENVELOPE_NAMESPACE}"><s:Body>`;
const END = "</s:Body></s:Envelope>";

/**
 * The whole message of a call. Every class is written in the order of the data contract: there is no way to write another.
 * `folderId` is the `DatabaseId` of `clientContext`. Throws a `RefusedMemberError` for data that the contract does not
 * have or XML cannot carry, and for a search without a criterion.
 */
export function buildEnvelope<Name extends OperationName>(request: { name: Name; arguments: OperationArguments[Name]; folderId: string }): string {
  const { name, folderId } = request;
  const given = request.arguments as Readonly<Record<string, unknown>>;
  const emptied = toEmptied(given);
  let operands = "";
  for (const [operand, type] of OPERATIONS[name].operands) operands += writeOperand({ operand, type, value: given[operand], emptied });
  const context = `<clientContext><DatabaseId>${writeText({ operand: "DatabaseId", value: folderId })}</DatabaseId></clientContext>`;
  return `${START}<${name} xmlns="${RETAIL_NAMESPACE}">${operands}${context}</${name}>${END}`;
}

function writeOperand(request: { operand: string; type: string; value: unknown; emptied: EmptiedMembers | null }): string {
  const { operand, type, value, emptied } = request;
  const shape = shapeOf(type);
  if (shape.kind !== "class") return `<${operand}>${writeText({ operand, value })}</${operand}>`;
  if (typeof value !== "object" || value === null) throw new RefusedMemberError(operand);
  const data = value as Readonly<Record<string, unknown>>;
  if (shape.name === "CustomerSearchDataType") checkCriteria(data);
  if (emptied !== null) checkPaths({ className: shape.name, emptied });
  return `<${operand}>${writeClass({ className: shape.name, data, path: "", emptied })}</${operand}>`;
}

function writeText(request: { operand: string; value: unknown }): string {
  const { operand, value } = request;
  const text = typeof value === "string" ? escapeText(value) : null;
  if (text === null) throw new RefusedMemberError(operand);
  return text;
}

/** Not narrowing anything down, or not to anybody. */
const NO_CRITERIA: ReadonlySet<string> = new Set(["MaxNumberOfCustomers", "CountryIdType"]);

/** A search that nothing narrows down finds whoever comes first, and a blank text narrows down nothing. */
function checkCriteria(searchData: Readonly<Record<string, unknown>>): void {
  const blank = findBlank({ data: searchData, path: "" });
  if (blank !== null) throw new RefusedMemberError(blank);
  if (!hasCriterion(searchData)) throw new RefusedMemberError("searchData");
}

function findBlank(request: { data: Readonly<Record<string, unknown>>; path: string }): string | null {
  const { data, path } = request;
  for (const [name, value] of Object.entries(data)) {
    if (typeof value === "string" && value.trim() === "") return path + name;
    const nested = isNested(value) ? findBlank({ data: value, path: `${path}${name}.` }) : null;
    if (nested !== null) return nested;
  }
  return null;
}

function hasCriterion(data: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(data).some(([name, value]) => {
    if (NO_CRITERIA.has(name)) return false;
    if (Array.isArray(value)) return value.length > 0;
    return typeof value === "string" || typeof value === "number" || (isNested(value) && hasCriterion(value));
  });
}

function isNested(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function toEmptied(given: Readonly<Record<string, unknown>>): EmptiedMembers | null {
  const cleared = new Set((given["cleared"] ?? []) as readonly string[]);
  const nils = new Set((given["nils"] ?? []) as readonly string[]);
  if (cleared.size + nils.size === 0) return null;
  const holders = [...cleared, ...nils].flatMap((path) => (path.includes(".") ? [path.slice(0, path.indexOf("."))] : []));
  return { cleared, nils, holders: new Set(holders) };
}

/** A path that leads nowhere would be a member that stays as it is. */
function checkPaths(request: { className: ClassName; emptied: EmptiedMembers }): void {
  const { className, emptied } = request;
  for (const path of [...emptied.cleared, ...emptied.nils]) if (!isPath({ className, names: path.split(".") })) throw new RefusedMemberError(null);
}

function isPath(request: { className: ClassName; names: readonly string[] }): boolean {
  const [name = "", ...deeper] = request.names;
  const shape = memberNamed({ className: request.className, name })?.shape;
  if (deeper.length === 0) return shape !== undefined;
  return shape?.kind === "class" && isPath({ className: shape.name, names: deeper });
}
