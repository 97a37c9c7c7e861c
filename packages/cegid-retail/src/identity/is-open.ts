import type { CustomerQueryData } from "../soap/data-contract.ts";

/** Whether a record is that of a customer: one that was closed, by staff, a merger or an erasure, is nobody's any more. */
export function isOpen(stored: CustomerQueryData): boolean {
  return stored.Closed !== true;
}
