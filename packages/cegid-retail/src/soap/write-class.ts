import { membersOf, type Member, type Shape } from "./class-members.ts";
import type { ClassName } from "./data-contract.ts";
import { INSTANCE_NAMESPACE } from "./namespaces.ts";
import { RefusedMemberError } from "./refused-member-error.ts";
import { writeSimpleValue } from "./simple-values.ts";

/** Members that are to be empty or nil, by dotted path, beside what the data say. */
export interface EmptiedMembers {
  readonly cleared: ReadonlySet<string>;
  readonly nils: ReadonlySet<string>;
  /** The nested classes that hold one of them. */
  readonly holders: ReadonlySet<string>;
}

type Data = Readonly<Record<string, unknown>>;

/**
 * The members of a class in the order of the wire; what is undefined or null, and nested classes and arrays with nothing
 * in them, are left out. Throws a `RefusedMemberError` for what is not of the contract.
 */
export function writeClass(request: { className: ClassName; data: Data; path: string; emptied: EmptiedMembers | null }): string {
  const { className, data, path, emptied } = request;
  let written = "";
  let known = 0;
  for (const member of membersOf(className)) {
    const value = data[member.name];
    if (value !== undefined) known += 1;
    const special = emptied === null ? null : writeEmptied({ member, path, emptied });
    if (special !== null) written += special;
    else if (value !== undefined && value !== null) written += writeMember({ member, value, path, emptied });
    else if (emptied?.holders.has(path + member.name) === true) written += writeMember({ member, value: {}, path, emptied });
  }
  if (known !== countGiven(data)) throw new RefusedMemberError(null);
  return written;
}

function countGiven(data: Data): number {
  let given = 0;
  for (const name in data) if (data[name] !== undefined) given += 1;
  return given;
}

function writeMember(request: { member: Member; value: unknown; path: string; emptied: EmptiedMembers | null }): string {
  const { member, value, path, emptied } = request;
  const { name, shape, open, close } = member;
  switch (shape.kind) {
    case "simple":
    case "enumeration": {
      const text = shape.kind === "simple" ? writeSimpleValue({ type: shape.type, value }) : writeLiteral({ literals: shape.literals, value });
      if (text === null) throw new RefusedMemberError(path + name);
      return open + text + close;
    }
    case "class": {
      if (!isData(value)) throw new RefusedMemberError(path + name);
      const content = writeClass({ className: shape.name, data: value, path: `${path}${name}.`, emptied });
      return content === "" ? "" : open + content + close;
    }
    case "array": {
      if (!Array.isArray(value)) throw new RefusedMemberError(path + name);
      const content = writeItems({ item: shape.item, values: value as readonly unknown[], path: path + name });
      return content === "" ? "" : open + content + close;
    }
  }
}

function writeItems(request: { item: ClassName; values: readonly unknown[]; path: string }): string {
  const { item, values, path } = request;
  return values
    .map((value) => {
      if (!isData(value)) throw new RefusedMemberError(path);
      return `<${item}>${writeClass({ className: item, data: value, path: `${path}.`, emptied: null })}</${item}>`;
    })
    .join("");
}

function writeLiteral(request: { literals: readonly string[]; value: unknown }): string | null {
  const { literals, value } = request;
  return typeof value === "string" && literals.includes(value) ? value : null;
}

function writeEmptied(request: { member: Member; path: string; emptied: EmptiedMembers }): string | null {
  const { member: { name, shape }, path, emptied } = request;
  const full = path + name;
  if (emptied.nils.has(full)) return `<${name} xmlns:i="${INSTANCE_NAMESPACE}" i:nil="true"/>`;
  if (!emptied.cleared.has(full)) return null;
  if (!mayBeEmpty(shape)) throw new RefusedMemberError(full);
  return `<${name}/>`;
}

/** An empty boolean, number, date or literal would fail the whole call. */
function mayBeEmpty(shape: Shape): boolean {
  return shape.kind === "class" || shape.kind === "array" || (shape.kind === "simple" && shape.type === "string");
}

function isData(value: unknown): value is Data {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
