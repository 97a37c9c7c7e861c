/** Whole seconds, as the API shows them: `2026-11-24T10:00:00.000+0000`. */
export function formatDatetime(epochMilliseconds: number): string {
  return `${new Date(epochMilliseconds).toISOString().slice(0, 19)}.000+0000`;
}
