import type { AddressData } from "../soap/data-contract.ts";
import { isStorableText } from "./is-storable-text.ts";

const LINES = 3;
const LONGEST_LINE = 70;

/** A line a line of the address; null clears all. Undefined for more or longer lines than there are, and for empty ones, which would be lost. */
export function toStreetLines(street: string | null): AddressData | undefined {
  const lines = street === null ? [] : street.split("\n");
  if (lines.length > LINES || !lines.every((text) => isStorableText({ text, longest: LONGEST_LINE }))) return undefined;
  const [AddressLine1 = "", AddressLine2 = "", AddressLine3 = ""] = lines;
  return { AddressLine1, AddressLine2, AddressLine3 };
}

/** Null where all lines are empty. */
export function fromStreetLines(address: AddressData | null | undefined): string | null {
  const lines = [address?.AddressLine1, address?.AddressLine2, address?.AddressLine3].filter((line) => typeof line === "string" && line !== "");
  return lines.length === 0 ? null : lines.join("\n");
}
