/** When the system may be asked again, by its `Retry-After`: seconds or an HTTP date (RFC 9110, 10.2.3). Undefined where it names none. */
export function retryInstant(request: { headers: Readonly<Record<string, string>>; now: number }): number | undefined {
  const value = request.headers["retry-after"]?.trim();
  if (value === undefined || value === "") return undefined;
  if (/^\d{1,9}$/.test(value)) return request.now + Number(value) * 1000;
  const instant = Date.parse(value);
  return Number.isNaN(instant) ? undefined : instant;
}
