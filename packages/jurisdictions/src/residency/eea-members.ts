/**
 * The European Economic Area: the 27 members of the European Union, then Iceland, Liechtenstein and Norway, where the
 * GDPR applies by the EEA Joint Committee's Decision 154/2018. ISO 3166-1 alpha-2. Territories with a code of their
 * own (`GP`, `RE`, `AX`, ...) are not in the list, and fall under the default row, which asks more.
 */
export const EEA_MEMBERS: readonly string[] = [
  "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV",
  "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
  "IS", "LI", "NO",
];

const MEMBERS: ReadonlySet<string> = new Set(EEA_MEMBERS);

/** Whether a country, as an upper-case ISO 3166-1 alpha-2 code, belongs to the region `EU` of the residency rules. */
export function isEeaMember(country: string): boolean {
  return MEMBERS.has(country);
}
