import type { Settings } from "../settings.ts";
import type { SalesforceRow } from "../transport/salesforce-session.ts";
import { readStamps, stampFields } from "../mapping/profile-row.ts";
import { REF_FIELD } from "../schema/names.ts";

/** A profile record that is in the org already, as far as a write needs to know it. */
export interface KnownPerson {
  readonly recordId: string;
  /** Null for a customer who was there before and is not linked yet. */
  readonly ref: string | null;
  readonly individualId: string | null;
  readonly individualRef: string | null;
  /** Whether this write linked them: flags then say nothing of what the ref's person decided before. */
  readonly isJustLinked: boolean;
  /** Epoch milliseconds, before this write. */
  readonly lastModifiedAt: number;
  /** The opt-out flag of each channel that has one; empty where flags were not read. */
  readonly flags: ReadonlyMap<string, { readonly isSet: boolean; readonly decidedAt: number | null }>;
  /** By attribute: see `mapping/profile-stamp.ts`. */
  readonly stamps: ReadonlyMap<string, number>;
  /** The values of the match keys, by field. */
  readonly matchValues: ReadonlyMap<string, string>;
}

/** The fields that {@link readKnownPerson} takes, flags apart: they, and match keys, may be hidden. */
export function knownPersonFields(request: { settings: Settings; matchKeys: Settings["matchKeys"] }): readonly string[] {
  const { settings, matchKeys } = request;
  const { individual } = settings.profile;
  const matchFields = matchKeys.map(({ field }) => field);
  return [...new Set(["Id", REF_FIELD, `${individual}Id`, `${individual}.${REF_FIELD}`, "LastModifiedDate", ...matchFields, ...stampFields(settings)])];
}

export function flagFields(settings: Settings): readonly string[] {
  return [...settings.optOutFlags.values()].flatMap(({ field, stampField }) => [field, stampField]);
}

export function readKnownPerson(request: { row: SalesforceRow; settings: Settings }): KnownPerson {
  const { row, settings } = request;
  const { individual } = settings.profile;
  const parent = row[individual];
  return {
    recordId: textOf(row["Id"]) ?? "",
    ref: textOf(row[REF_FIELD]),
    individualId: textOf(row[`${individual}Id`]),
    individualRef: typeof parent === "object" && parent !== null ? textOf((parent as SalesforceRow)[REF_FIELD]) : null,
    isJustLinked: false,
    lastModifiedAt: Date.parse(textOf(row["LastModifiedDate"]) ?? "") || 0,
    flags: readFlags(request),
    stamps: readStamps(request),
    matchValues: new Map(
      settings.matchKeys.flatMap(({ field }) => {
        const value = textOf(row[field]);
        return value === null ? [] : [[field, value] as const];
      }),
    ),
  };
}

function readFlags(request: { row: SalesforceRow; settings: Settings }): KnownPerson["flags"] {
  const { row, settings } = request;
  return new Map(
    [...settings.optOutFlags].flatMap(([channel, { field, stampField }]) => {
      const isSet = row[field];
      const decidedAt = row[stampField];
      return typeof isSet === "boolean" ? [[channel, { isSet, decidedAt: typeof decidedAt === "number" ? decidedAt : null }] as const] : [];
    }),
  );
}

function textOf(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}
