import { readLinkMarker, toCustomerId } from "../mapping/customer-id.ts";
import { readSubjectRef } from "../mapping/subject-ref.ts";
import type { Settings } from "../settings.ts";
import type { CustomerQueryData } from "../soap/data-contract.ts";
import { isOpen } from "./is-open.ts";

/** Whether a record is marked as the ref's. */
export function bearsRef(request: { settings: Settings; stored: CustomerQueryData; ref: string }): boolean {
  const { settings, stored, ref } = request;
  return readLinkMarker({ settings, stored }) === toCustomerId(ref) || readSubjectRef({ settings, stored }) === ref;
}

/** Whether a customer who was found by a match key may be taken for the ref's person: nobody else's, and not closed. */
export function isFreeFor(request: { settings: Settings; stored: CustomerQueryData; ref: string }): boolean {
  const { settings, stored, ref } = request;
  const marker = readLinkMarker({ settings, stored });
  const held = readSubjectRef({ settings, stored });
  return isOpen(stored) && (marker === null || marker === toCustomerId(ref)) && (held === null || held === ref);
}
