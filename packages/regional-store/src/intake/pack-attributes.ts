import type { JsonValue, SubjectWriteV1 } from "@volenti/core/adapter";
import { encryptAttributes, type PlainAttribute } from "../encryption/attribute-cipher.ts";
import { toArrayLiteral, toTextArrayLiteral } from "../transport/array-literal.ts";
import type { PreparedItem } from "./plan-write.ts";

/** The attributes of a batch, a column each: there are so many of them that a row each would cost as much as keeping them. */
export type PackedAttributes = readonly [
  items: string,
  names: string,
  changedAt: string,
  submissionIds: string,
  /** 0 for an attribute that is cleared. */
  lengths: string,
  ciphertexts: Uint8Array,
];

interface AttributeColumns {
  readonly items: number[];
  readonly names: string[];
  readonly changedAt: number[];
  readonly submissionIds: string[];
  /** Null for an attribute that is cleared. */
  readonly plain: (PlainAttribute | null)[];
}

/** Whether the item's profile is written at all: whoever only follows a refusal changes nothing else. */
export function writtenAttributes(item: SubjectWriteV1): readonly string[] {
  return item.mode === "upsert" ? Object.keys(item.profile ?? {}) : [];
}

export function packAttributes(prepared: readonly PreparedItem[]): PackedAttributes {
  const columns: AttributeColumns = { items: [], names: [], changedAt: [], submissionIds: [], plain: [] };
  for (const [index, one] of prepared.entries()) addAttributes({ columns, one, item: index + 1 });
  const encrypted = encryptAttributes(columns.plain.filter((attribute) => attribute !== null));
  let next = 0;
  const lengths = columns.plain.map((attribute) => (attribute === null ? 0 : (encrypted.lengths[next++] ?? 0)));
  return [
    toArrayLiteral(columns.items),
    toTextArrayLiteral(columns.names),
    toArrayLiteral(columns.changedAt),
    toTextArrayLiteral(columns.submissionIds),
    toArrayLiteral(lengths),
    encrypted.bytes,
  ];
}

function addAttributes(request: { columns: AttributeColumns; one: PreparedItem; item: number }): void {
  const { columns, one, item } = request;
  for (const name of writtenAttributes(one.item)) {
    const change = one.item.profile?.[name];
    if (change === undefined) continue;
    const { value, changedAt, submissionId } = change;
    columns.items.push(item);
    columns.names.push(name);
    columns.changedAt.push(changedAt);
    columns.submissionIds.push(submissionId);
    columns.plain.push(value === null ? null : toPlain({ one, name, value, changedAt, submissionId }));
  }
}

function toPlain(request: { one: PreparedItem; name: string; value: JsonValue; changedAt: number; submissionId: string }): PlainAttribute {
  const { one, name, value, changedAt, submissionId } = request;
  if (one.key === undefined) throw new TypeError("the item was prepared without a data key");
  const { dataKey, stored } = one.key.opened;
  return { value, dataKey, place: { ref: one.item.subject.ref, name, dataKeyId: stored.dataKeyId, changedAt, submissionId } };
}
