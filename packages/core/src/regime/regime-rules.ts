import type { LegalBasis, PurposeDemand } from "../model/purpose.ts";
import type { NoticeItem } from "./notice-item.ts";
import type { PurposeConcern } from "./purpose-kind.ts";

/** What laws ask of purposes and notices, as data: one row a law, place and question; `@volenti/jurisdictions` has them with sources and dates. */
export interface RegimeRules {
  /** Every one that applies holds; the strictest demand wins, whatever the order. */
  readonly rows: readonly RegimeRow[];
  /** Groups of countries that count as one place, such as `EU`: the members of the EEA. */
  readonly regions: Readonly<Record<string, readonly string[]>>;
}

/** One demand of one law, with its source and date. */
export interface RegimeRow {
  /** A slug, unique in the list: what an override names. */
  readonly id: string;
  /** The law's usual name. */
  readonly law: string;
  /** ISO 3166-1 alpha-2, ISO 3166-2 (`US-CA`), or a region of {@link RegimeRules.regions}. */
  readonly places: readonly string[];
  /** The purposes that it is about; absent: all. A purpose whose kind nobody can tell is concerned by every kind. */
  readonly concerns?: readonly PurposeConcern[];
  /** The channels that it is about; absent: all, and purposes without channels. */
  readonly channels?: readonly string[];
  readonly rule: RegimeRule;
  /** What else is owed, or how sure the row is, in words. */
  readonly note?: string;
  /** The law, with the article where it is known. */
  readonly source: string;
  /** The date or month the row was last checked, ISO 8601. */
  readonly checkedAt: string;
  /** A: the law or regulator's text; B: two commentaries agree; C: one weak source, or general knowledge. */
  readonly certainty: "A" | "B" | "C";
}

/**
 * - `mechanism`: what stands before anybody decided: `optIn` no, `optOut` yes until the person objects
 * - `demand`: what a grant has to show, or it is recorded as `requested`
 * - `basis`: legal bases that the law does not know
 * - `notice`: what a notice has to say
 * - `rights`: what a person may ask for, with the ids of their deadlines
 * - `noReask`: how long somebody who refused is not asked again, an ISO 8601 duration from the refusal
 * - `proofRetention`: how long the proof of a grant is kept, from the grant and from each use
 */
export type RegimeRule =
  | { readonly about: "mechanism"; readonly mechanism: "optIn" | "optOut" }
  | { readonly about: "demand"; readonly demand: PurposeDemand }
  | { readonly about: "basis"; readonly unknownBases: readonly LegalBasis[] }
  | { readonly about: "notice"; readonly items: readonly NoticeDuty[] }
  | { readonly about: "rights"; readonly rights: readonly string[]; readonly deadlines: readonly string[] }
  | { readonly about: "noReask"; readonly period: string }
  | { readonly about: "proofRetention"; readonly period: string };

/** One thing that a notice has to say. */
export interface NoticeDuty {
  readonly item: NoticeItem;
  /** A slug of the provision: `art13-1-b`. */
  readonly provision: string;
}

/** The brand's own reading of one row, with its reason; the reason is shown wherever the row would have decided. */
export interface RegimeOverride {
  /** The id of the row. */
  readonly row: string;
  /** In the brand's words; shown, so no value of a person. */
  readonly reason: string;
  /** False: the row does not hold for this brand. Otherwise the member of its rule that differs. */
  readonly applies?: false | undefined;
  readonly demand?: PurposeDemand | undefined;
  /** Of a row about the mechanism. */
  readonly mechanism?: "optIn" | "optOut" | undefined;
  /** ISO 8601 duration, of a row about one. */
  readonly period?: string | undefined;
}

/** The regimes of a configuration. */
export interface RegimesConfiguration {
  readonly rules: RegimeRules;
  /** At most one a row. Absent: every row as it stands. */
  readonly overrides?: readonly RegimeOverride[] | undefined;
}
