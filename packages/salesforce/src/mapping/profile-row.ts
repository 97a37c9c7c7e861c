import type { AttributeChange, AttributeOutcomeV1, ProfilePatch } from "@volenti/core/adapter";
import type { Settings } from "../settings.ts";
import type { AddressMode } from "./address-mode.ts";
import { isStorable } from "./is-storable.ts";
import type { OrgRow } from "./org-row.ts";
import { isPlainValue, type ProfileField } from "./profile-fields.ts";
import { profileStampOf } from "./profile-stamp.ts";

/** One attribute of a patch that can be sent. */
export interface SendableAttribute {
  readonly field: ProfileField;
  readonly change: AttributeChange;
}

/**
 * Sorts a patch into what is to be sent and what is decided already: what the org cannot hold, and, where the stamps that
 * stand are known, what is older than they are or there already.
 */
export function sortPatch(request: {
  settings: Settings;
  patch: ProfilePatch;
  stamps: ReadonlyMap<string, number>;
}): { sendable: readonly SendableAttribute[]; outcomes: Readonly<Record<string, AttributeOutcomeV1>> } {
  const { settings, patch, stamps } = request;
  const sendable: SendableAttribute[] = [];
  const outcomes: Record<string, AttributeOutcomeV1> = {};
  for (const attribute of Object.keys(patch)) {
    const change = patch[attribute];
    if (change === undefined) continue;
    const field = settings.profile.fields.get(attribute);
    if (field === undefined) outcomes[attribute] = "notKept";
    else if (!mayStore({ settings, field, change })) outcomes[attribute] = "rejected";
    else {
      const outcome = judgeAttribute({ change, standing: stamps.get(attribute) });
      if (outcome === "applied") sendable.push({ field, change });
      else outcomes[attribute] = outcome;
    }
  }
  return { sendable, outcomes };
}

/** What becomes of a change where the attribute bears this stamp. */
export function judgeAttribute(request: { change: AttributeChange; standing: number | undefined }): "applied" | "superseded" | "unchanged" {
  const { change, standing } = request;
  if (standing === undefined) return "applied";
  const stamp = profileStampOf(change);
  if (stamp === standing) return "unchanged";
  return stamp > standing ? "applied" : "superseded";
}

/** The stamps of a record, by attribute; attributes that were never written by us have none. */
export function readStamps(request: { row: Readonly<Record<string, unknown>>; settings: Settings }): ReadonlyMap<string, number> {
  const { row, settings } = request;
  return new Map(
    [...settings.profile.fields.values()].flatMap(({ attribute, stampField }) => {
      const stamp = row[stampField];
      return typeof stamp === "number" ? [[attribute, stamp] as const] : [];
    }),
  );
}

export function stampFields(settings: Settings): readonly string[] {
  return [...settings.profile.fields.values()].map(({ stampField }) => stampField);
}

/** A family name that reads as none may not be stored as one. */
function mayStore(request: { settings: Settings; field: ProfileField; change: AttributeChange }): boolean {
  const { settings, field, change } = request;
  if (field.attribute === "familyName" && change.value === settings.placeholderFamilyName) return false;
  return isStorable({ value: change.value, field });
}

/**
 * Values with the instants of their changes: the org's own rule refuses the row when one of them is older than what stands.
 * Added to the row, and not answered as one to be spread into it, which costs ten times as much.
 */
export function addProfileFields(request: {
  row: OrgRow;
  sendable: readonly SendableAttribute[];
  mode: AddressMode;
  placeholderFamilyName: string;
}): void {
  const { row, sendable, mode, placeholderFamilyName } = request;
  // Nearly always all of them were changed by one submission, at one instant.
  let stamped: AttributeChange | null = null;
  let stamp = 0;
  for (const { field, change } of sendable) {
    if (stamped?.changedAt !== change.changedAt || stamped.submissionId !== change.submissionId) stamp = profileStampOf(change);
    stamped = change;
    row[fieldNameOf({ field, mode })] = toFieldValue({ field, change, placeholder: placeholderFamilyName });
    row[field.stampField] = stamp;
  }
}

/** The least instant that is nobody's: see `change-feed/is-of-staff.ts`. */
const BEFORE_EVERY_CHANGE = 1;

/** What stands for a family name on a new record. Stamped so that it replaces none that another process wrote meanwhile. */
export function toPlaceholder(settings: Settings): OrgRow {
  const stampField = settings.profile.fields.get("familyName")?.stampField;
  return { LastName: settings.placeholderFamilyName, ...(stampField === undefined ? {} : { [stampField]: BEFORE_EVERY_CHANGE }) };
}

export function fieldNameOf(request: { field: ProfileField; mode: AddressMode }): string {
  const { field, mode } = request;
  return mode === "codes" && field.codeField !== undefined ? field.codeField : field.field;
}

/** A family name cannot be empty in Salesforce: one that was cleared becomes the placeholder, which reads take for none. */
function toFieldValue(request: { field: ProfileField; change: AttributeChange; placeholder: string }): string | number | boolean | null {
  const { field, change, placeholder } = request;
  if (change.value === null && field.attribute === "familyName") return placeholder;
  return isPlainValue(change.value) ? change.value : null;
}
