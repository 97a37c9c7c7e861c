import type { DataRecord } from "../contract/data-value.ts";
import { createCustomerIndex } from "./customer-index.ts";

export interface Customer {
  readonly customerId: string;
  /** Its place in the order in which they came. */
  readonly position: number;
  /** Every member of CustomerQueryData; changed by `write`. */
  readonly values: DataRecord;
  /** Empty where there is none; unique else. */
  externalReference: string;
  readonly guid: string | null;
  /** The customer that it was merged into. */
  mergedInto: string | null;
  isAnonymized: boolean;
  hasClothingAllowance: boolean;
  hasOutstandingPayments: boolean;
}

export interface CustomerStore {
  find(customerId: string): Customer | undefined;
  /** In the order in which they came, merged ones too. */
  all(): readonly Customer[];
  /** Those who may have the text at the path, whatever its case, in the order in which they came. */
  candidates(request: { path: string; text: string }): readonly Customer[];
  write(request: { customer: Customer; values: DataRecord }): void;
  insert(customer: { customerId: string; values: DataRecord; guid: string | null }): Customer;
  /** A number that no customer has, with zeros in front. */
  nextId(): string;
}

const DIGITS = 10;
/** What no service tells of a customer, and no service wrote yet. */
const UNTOUCHED = {
  externalReference: "",
  mergedInto: null as string | null,
  isAnonymized: false,
  hasClothingAllowance: false,
  hasOutstandingPayments: false,
};

export function createCustomerStore(): CustomerStore {
  const customers = new Map<string, Customer & { values: DataRecord }>();
  const index = createCustomerIndex();
  let last = 0;
  return {
    find: (customerId) => customers.get(customerId),
    all: () => [...customers.values()],
    candidates(request) {
      const ids = index.find(request);
      if (ids === null) return [...customers.values()];
      return ids.flatMap((customerId) => customers.get(customerId) ?? []).toSorted((one, other) => one.position - other.position);
    },
    write({ customer: { customerId }, values }) {
      const customer = customers.get(customerId);
      if (customer === undefined) throw new RangeError("no such customer");
      index.update({ customerId, before: customer.values, after: values });
      customer.values = values;
    },
    insert({ customerId, values, guid }) {
      const customer = {
        customerId,
        position: customers.size,
        values,
        guid,
        ...UNTOUCHED,
      };
      index.update({ customerId, before: null, after: values });
      customers.set(customerId, customer);
      return customer;
    },
    nextId() {
      do last += 1;
      while (customers.has(String(last).padStart(DIGITS, "0")));
      return String(last).padStart(DIGITS, "0");
    },
  };
}
