import { ENGLISH_PHRASES } from "./english-phrases.ts";
import { FRENCH_PHRASES } from "./french-phrases.ts";
import { GERMAN_PHRASES } from "./german-phrases.ts";
import { ITALIAN_PHRASES } from "./italian-phrases.ts";
import type { NoticePhrases } from "./notice-phrases.ts";
import { SPANISH_PHRASES } from "./spanish-phrases.ts";

const PHRASES: ReadonlyMap<string, NoticePhrases> = new Map([
  ["de", GERMAN_PHRASES],
  ["en", ENGLISH_PHRASES],
  ["es", SPANISH_PHRASES],
  ["fr", FRENCH_PHRASES],
  ["it", ITALIAN_PHRASES],
]);

/** The languages that notices are written in. */
export const NOTICE_LANGUAGES: readonly string[] = [...PHRASES.keys()];

/** The phrases of a locale's language; null where nobody wrote them: no other language stands in. */
export function findPhrases(locale: string): NoticePhrases | null {
  return PHRASES.get(languageOf(locale)) ?? null;
}

/** `fr` of `fr-CH`. */
export function languageOf(locale: string): string {
  return (locale.split(/[-_]/)[0] ?? "").toLowerCase();
}
