import { ISO_COUNTRIES, type CountryRow } from "./rules/country-table.ts";

export type UserFieldKind = "BooleanValueKind" | "TextValueKind" | "DateValueKind" | "ListElementValueKind" | "NumberValueKind";

export interface UserFieldDefinition {
  readonly id: number;
  readonly kind: UserFieldKind;
  /** Of list elements: what may be chosen. */
  readonly elements?: readonly string[];
}

/** What the folder's administrator set up; a customer may only name what is in it. */
export interface FolderTables {
  readonly stores: readonly string[];
  readonly countries: readonly CountryRow[];
  readonly titles: readonly string[];
  readonly languages: readonly string[];
  readonly sexes: readonly string[];
  readonly salespeople: readonly string[];
  /** The codes of each of the ten user-defined tables, by its number. */
  readonly userDefined: Readonly<Record<number, readonly string[]>>;
  readonly userFields: readonly UserFieldDefinition[];
}

export const DEFAULT_TABLES: FolderTables = {
  stores: ["001", "002", "003"],
  countries: ISO_COUNTRIES,
  titles: ["MR", "MRS", "MS"],
  languages: ["ARA", "CHN", "DEU", "ENG", "ESP", "FRA", "ITA", "JPN", "KOR", "NLD", "POL", "POR", "RUS", "TUR"],
  sexes: ["F", "M"],
  salespeople: ["V001", "V002"],
  userDefined: { 0: ["GOLD", "SILVER"], 1: ["N", "S"] },
  userFields: [
    ...[1, 2, 3, 4].map((id): UserFieldDefinition => ({ id, kind: "TextValueKind" })),
    ...[11, 12].map((id): UserFieldDefinition => ({ id, kind: "DateValueKind" })),
    ...[21, 22].map((id): UserFieldDefinition => ({ id, kind: "NumberValueKind" })),
    { id: 31, kind: "BooleanValueKind" },
    { id: 41, kind: "ListElementValueKind", elements: ["A", "B"] },
  ],
};
