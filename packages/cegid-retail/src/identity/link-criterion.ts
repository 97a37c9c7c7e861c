import { toCustomerId } from "../mapping/customer-id.ts";
import type { Settings } from "../settings.ts";
import type { SearchCriterion } from "./search-criterion.ts";

/** By what a customer who carries our link is found; null where no search can ask for it: nowhere, or in a user field. */
export function toLinkCriterion(request: { settings: Pick<Settings, "linkField">; ref: string }): SearchCriterion | null {
  const { settings: { linkField }, ref } = request;
  const marker = toCustomerId(ref);
  if (marker === null || linkField === null) return null;
  if (linkField === "Barcode") return { kind: "link", value: marker, path: "Barcode" };
  return linkField.kind === "userDefinedText" ? { kind: "link", value: marker, slot: { kind: linkField.kind, id: linkField.id } } : null;
}
