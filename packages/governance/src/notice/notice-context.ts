import type { CataloguedPurpose, GoverningRegimeRow, LocalisedText, Volenti } from "@volenti/core";
import { languageOf } from "./phrases/find-phrases.ts";
import type { NoticePhrases } from "./phrases/notice-phrases.ts";

/** What every part of a notice is made from. */
export interface NoticeContext {
  readonly volenti: Volenti;
  readonly locale: string;
  readonly phrases: NoticePhrases;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** The current version of each. */
  readonly purposes: readonly CataloguedPurpose[];
  /** Those that hold for the place. */
  readonly rows: readonly GoverningRegimeRow[];
  /** Whether the controller is established where the law that asks for a representative holds. */
  readonly isEstablished: boolean;
}

/** A part of a notice, and what the configuration lacks for it. */
export interface ComposedItem {
  readonly introduction?: readonly string[];
  readonly list?: readonly string[];
  readonly closing?: readonly string[];
  /** Members of the configuration. */
  readonly missing?: readonly string[];
}

/** Null: the law does not ask it of this brand. */
export type ComposeItem = (context: NoticeContext) => ComposedItem | null;

/** Puts values in the place of the `{words}` of a phrase. */
export function fill(phrase: string, values: Readonly<Record<string, string>>): string {
  return phrase.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}

/** The text of the locale, else of its language; never of another one. */
export function textIn(request: { texts: LocalisedText | undefined; locale: string }): string | undefined {
  const { texts = {}, locale } = request;
  return texts[locale] ?? texts[languageOf(locale)];
}

/** The purpose in words; its key in brackets where the configuration has none in this language, which is a gap of its own. */
export function labelOf(request: { purpose: CataloguedPurpose; locale: string }): string {
  return textIn({ texts: request.purpose.label, locale: request.locale }) ?? `[${request.purpose.key}]`;
}

export function labelsOf(request: { purposes: readonly CataloguedPurpose[]; locale: string }): string {
  return request.purposes.map((purpose) => labelOf({ purpose, locale: request.locale })).join("; ");
}
