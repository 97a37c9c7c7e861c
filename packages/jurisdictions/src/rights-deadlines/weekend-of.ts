const SATURDAY_AND_SUNDAY: readonly number[] = [6, 7];

/** From the week data of the Unicode CLDR 47, checked 2026-11; countries that are not here rest on Saturday and Sunday. */
const WEEKENDS: Readonly<Record<string, readonly number[]>> = {
  AF: [4, 5],
  BH: [5, 6],
  DZ: [5, 6],
  EG: [5, 6],
  IL: [5, 6],
  IN: [7],
  IQ: [5, 6],
  IR: [5],
  JO: [5, 6],
  KW: [5, 6],
  LY: [5, 6],
  OM: [5, 6],
  QA: [5, 6],
  SA: [5, 6],
  SD: [5, 6],
  SY: [5, 6],
  UG: [7],
  YE: [5, 6],
};

/** The days of the week that are no working days in a country (ISO 3166-1 alpha-2): ISO 8601 numbers, Monday is 1. */
export function weekendOf(country: string): readonly number[] {
  return WEEKENDS[country] ?? SATURDAY_AND_SUNDAY;
}
