import { textAt, type DataRecord } from "../contract/data-value.ts";

/** What customers are looked up by, so that a large folder stays quick. */
const INDEXED = ["Barcode", "CpfCnpjCode", "MunicipalRegistration", "RegionalRegistration", "EmailData.Email", "PhoneData.CellularPhoneNumber", "LastName"];

export interface CustomerIndex {
  /** `before` is null for a new customer. */
  update(request: { customerId: string; before: DataRecord | null; after: DataRecord }): void;
  /** The ids of those who have the text there, whatever its case; null where the path is not indexed. */
  find(request: { path: string; text: string }): readonly string[] | null;
}

export function createCustomerIndex(): CustomerIndex {
  const ids = new Map<string, Set<string>>();
  const keysOf = (record: DataRecord): readonly string[] => INDEXED.map((path) => keyOf({ path, text: textAt({ record, path }) }));
  return {
    update({ customerId, before, after }) {
      for (const key of before === null ? [] : keysOf(before)) ids.get(key)?.delete(customerId);
      for (const key of keysOf(after)) {
        const held = ids.get(key) ?? new Set();
        ids.set(key, held.add(customerId));
      }
    },
    find: ({ path, text }) => (INDEXED.includes(path) ? [...(ids.get(keyOf({ path, text })) ?? [])] : null),
  };
}

function keyOf({ path, text }: { path: string; text: string }): string {
  return `${path} ${text.toUpperCase()}`;
}
