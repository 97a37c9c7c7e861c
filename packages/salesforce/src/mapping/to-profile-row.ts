import { REF_FIELD, TEST_FIELD } from "../schema/names.ts";
import type { Settings } from "../settings.ts";
import type { AddressMode } from "./address-mode.ts";
import type { OrgRow } from "./org-row.ts";
import type { ProfileField } from "./profile-fields.ts";
import { addProfileFields, toPlaceholder, type SendableAttribute } from "./profile-row.ts";

/** What becomes one profile record. */
export interface ProfileRowSource {
  readonly ref: string;
  readonly isTest: boolean;
  /** Whether the record names its Individual already: then it is not named again. */
  readonly isConnected: boolean;
  /** Whether a new record gets the placeholder, for want of a family name. */
  readonly hasPlaceholder: boolean;
  /** In the order in which they are written. */
  readonly sendable: readonly SendableAttribute[];
}

export type ToProfileRow = (source: ProfileRowSource) => OrgRow;

/** Brands whose people lack this or that attribute have a few; beyond these the comparing costs more than it spares. */
const MOST_MOULDS = 8;

/**
 * Rows of one batch, from moulds: people of a batch mostly have the same attributes. An engine keeps an object that grows
 * field by field as a table, which takes twice as long to fill and to print as a copy of one that was whole when it was read.
 */
export function createToProfileRow(request: { settings: Settings; mode: AddressMode }): ToProfileRow {
  const moulds: Mould[] = [];
  return (source) => {
    const mould = moulds.find((candidate) => fits({ mould: candidate, source }));
    const row: OrgRow = mould === undefined ? {} : { ...mould.blank };
    fillRow({ ...request, source, row });
    if (mould === undefined && moulds.length < MOST_MOULDS) moulds.push(toMould({ source, row }));
    return row;
  };
}

/** The fields of a row, without anybody's values. */
interface Mould extends Pick<ProfileRowSource, "isConnected" | "hasPlaceholder"> {
  readonly fields: readonly ProfileField[];
  readonly blank: OrgRow;
}

function toMould(request: { source: ProfileRowSource; row: OrgRow }): Mould {
  const { source, row } = request;
  const { isConnected, hasPlaceholder, sendable } = source;
  const blank = Object.fromEntries(Object.keys(row).map((name) => [name, null]));
  return { isConnected, hasPlaceholder, fields: sendable.map(({ field }) => field), blank: JSON.parse(JSON.stringify(blank)) as OrgRow };
}

/** Whether filling the mould leaves none of its fields blank and adds none. */
function fits(request: { mould: Mould; source: ProfileRowSource }): boolean {
  const { mould, source } = request;
  const { fields } = mould;
  if (mould.isConnected !== source.isConnected || mould.hasPlaceholder !== source.hasPlaceholder) return false;
  return fields.length === source.sendable.length && source.sendable.every(({ field }, index) => field === fields[index]);
}

function fillRow(request: { settings: Settings; mode: AddressMode; source: ProfileRowSource; row: OrgRow }): void {
  const { settings, mode, source, row } = request;
  const { profile, placeholderFamilyName } = settings;
  const { ref, sendable } = source;
  row["attributes"] = { type: profile.objectName };
  row[REF_FIELD] = ref;
  Object.assign(row, profile.constants);
  if (profile.recordTypeId !== null) row["RecordTypeId"] = profile.recordTypeId;
  row[TEST_FIELD] = source.isTest;
  if (!source.isConnected) row[profile.individual] = { [REF_FIELD]: ref };
  if (source.hasPlaceholder) Object.assign(row, toPlaceholder(settings));
  addProfileFields({ row, sendable, mode, placeholderFamilyName });
}
