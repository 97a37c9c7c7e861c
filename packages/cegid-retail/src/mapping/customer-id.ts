import type { CustomerQueryData } from "../soap/data-contract.ts";
import type { Settings } from "../settings.ts";
import { readUserSlot, type UserWrite } from "./user-slot.ts";

const REF = /^[a-z2-7]{26}$/;
const CUSTOMER_ID = /^V[A-Z2-7]{16}$/;
const REF_CHARACTERS = 16;

/**
 * The id of a customer whom we create, and the marker of one who was there before: `V` and the first 16 characters of the
 * ref in upper case, 17 characters of A to Z and 2 to 7 that hold 80 bits. Among ten million people two share one with a
 * probability of 4 in 100 000 000 000. Null for what is no ref.
 */
export function toCustomerId(ref: string): string | null {
  return REF.test(ref) ? `V${ref.slice(0, REF_CHARACTERS).toUpperCase()}` : null;
}

export function isRef(text: string): boolean {
  return REF.test(text);
}

/** Whether a text has the form of our ids and markers; it does not tell whose it is. */
export function isCustomerId(text: string): boolean {
  return CUSTOMER_ID.test(text);
}

/** The marker that a record carries: its own id where we named it, else what the link's place holds; null for a stranger's. */
export function readLinkMarker(request: { settings: Settings; stored: CustomerQueryData }): string | null {
  const { settings: { linkField }, stored } = request;
  const ownId = stored.CustomerId ?? "";
  if (isCustomerId(ownId)) return ownId;
  if (linkField === null) return null;
  const value = linkField === "Barcode" ? stored.Barcode : readUserSlot({ stored, slot: linkField });
  return typeof value === "string" && isCustomerId(value) ? value : null;
}

/**
 * How a record is to be marked: `marked` bears this very marker, `free` may be written, `taken` holds something else, which
 * is never overwritten. `unsupported`: no place is configured.
 */
export function planLinkMarker(request: {
  settings: Settings;
  stored: CustomerQueryData;
  marker: string;
}):
  | { readonly kind: "marked" | "taken" | "unsupported" }
  | { readonly kind: "free"; readonly barcode: string | null; readonly writes: readonly UserWrite[] } {
  const { settings: { linkField }, stored, marker } = request;
  const standing = readLinkMarker(request);
  if (standing !== null) return { kind: standing === marker ? "marked" : "taken" };
  if (linkField === null) return { kind: "unsupported" };
  if (linkField === "Barcode") return (stored.Barcode ?? "") === "" ? { kind: "free", barcode: marker, writes: [] } : { kind: "taken" };
  if (readUserSlot({ stored, slot: linkField }) !== null) return { kind: "taken" };
  return { kind: "free", barcode: null, writes: [{ slot: linkField, value: marker }] };
}
