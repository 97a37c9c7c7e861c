import type { DataRecord } from "../contract/data-value.ts";

/** How staff answers for a customer, by contact point. */
export type OptIn = "AskCustomer" | "BrandOnly" | "ForPartners" | "DoNotUse";
export type OptInName = "OptinAlternativeEmail" | "OptinEmail" | "OptinHomePhone" | "OptinMobile" | "OptinOfficePhone" | "OptinPostal";

/**
 * The customers as staff reaches them, at the till and in the back office: no rule stands in the way, nothing is
 * counted, no fault strikes. Every method but `list` and `get` throws a `RangeError` for a customer who is not there.
 */
export interface CustomerDesk {
  /** Every member of CustomerQueryData, oldest first, merged ones left out. */
  list(): readonly DataRecord[];
  /** Null where there is none, or none any more. */
  get(customerId: string): DataRecord | null;
  /** Members that are left out are blank; answers the id, which is assigned where none is given. */
  add(values: DataRecord): string;
  /** Writes members as they are, records among them member by member, lists whole, and stamps the change. */
  change(request: { customerId: string; values: DataRecord }): void;
  changeOptIns(request: { customerId: string; optIns: Readonly<Partial<Record<OptInName, OptIn>>> }): void;
  close(customerId: string): void;
  /** `from` is gone, or closed, as the folder treats merged customers; what it held is not carried over. */
  merge(request: { from: string; into: string }): void;
  /** As only the newer service and imports can set it. */
  setExternalReference(request: { customerId: string; externalReference: string }): void;
  /** What keeps a customer from being anonymized. */
  setObstacles(request: { customerId: string; hasClothingAllowance?: boolean; hasOutstandingPayments?: boolean }): void;
}
