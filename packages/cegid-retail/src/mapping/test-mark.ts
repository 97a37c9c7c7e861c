import type { CustomerQueryData } from "../soap/data-contract.ts";
import type { Settings } from "../settings.ts";
import { readUserSlot, type UserWrite } from "./user-slot.ts";

/** What the text of `testField` holds of a test person. */
export const TEST_MARK = "VOLENTI-TEST";

/** Whether a record is marked as a test person's; false where no text is configured for it. */
export function isTestRecord(request: { settings: Pick<Settings, "testField">; stored: CustomerQueryData }): boolean {
  const { settings: { testField }, stored } = request;
  return testField !== null && readUserSlot({ stored, slot: testField }) === TEST_MARK;
}

/**
 * What a write does to the mark: a test person who is created gets it, one who is written for real loses it for ever, and
 * nobody else's record ever gets it.
 */
export function toTestMarkWrites(request: {
  settings: Pick<Settings, "testField">;
  /** Null: yet to be created. */
  stored: CustomerQueryData | null;
  isTest: boolean;
}): readonly UserWrite[] {
  const { settings, stored, isTest } = request;
  const { testField: slot } = settings;
  if (slot === null) return [];
  if (stored === null) return isTest ? [{ slot, value: TEST_MARK }] : [];
  return !isTest && isTestRecord({ settings, stored }) ? [{ slot, value: null }] : [];
}
