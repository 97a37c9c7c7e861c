import type { CustomerQueryData } from "../soap/data-contract.ts";
import type { Settings } from "../settings.ts";
import { isRef } from "./customer-id.ts";
import { readUserSlot, type UserWrite } from "./user-slot.ts";

/** The whole ref of a record; null where none is stored: ids and links of ours hold a part of it. */
export function readSubjectRef(request: { settings: Pick<Settings, "refField">; stored: CustomerQueryData }): string | null {
  const { settings: { refField: slot }, stored } = request;
  const text = slot === null ? null : readUserSlot({ stored, slot });
  return typeof text === "string" && isRef(text) ? text : null;
}

/** Writes the ref where its place is empty; nobody else's, and nothing of the tenant's, is written over. */
export function toRefWrites(request: {
  settings: Pick<Settings, "refField">;
  /** Null: yet to be created. */
  stored: CustomerQueryData | null;
  ref: string;
}): readonly UserWrite[] {
  const { settings: { refField: slot }, stored, ref } = request;
  return slot === null || readUserSlot({ stored, slot }) !== null ? [] : [{ slot, value: ref }];
}
