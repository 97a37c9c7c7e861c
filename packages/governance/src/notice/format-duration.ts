const UNITS = ["year", "month", "week", "day"] as const;

/** An ISO 8601 duration of days or longer in words of the locale: `3 ans, 6 mois`. What is shorter than a day is left out. */
export function formatDuration(request: { duration: string; locale: string }): string {
  const { duration, locale } = request;
  const [, ...amounts] = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?/.exec(duration) ?? [];
  const parts = UNITS.flatMap((unit, index) => {
    const amount = amounts[index];
    return amount === undefined ? [] : [new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "long" }).format(Number(amount))];
  });
  return parts.length === 0 ? new Intl.NumberFormat(locale, { style: "unit", unit: "day", unitDisplay: "long" }).format(1) : parts.join(", ");
}
