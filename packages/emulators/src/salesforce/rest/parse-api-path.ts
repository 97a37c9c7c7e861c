export interface ApiPath {
  /** 62 for v62.0. */
  readonly version: number;
  readonly segments: readonly string[];
  readonly query: URLSearchParams;
}

/** Takes `/services/data/v62.0/sobjects/Contact?fields=Id` apart; null for any other path. */
export function parseApiPath(url: string): ApiPath | null {
  const parsed = new URL(url, "http://localhost");
  const match = /^\/services\/data\/v(\d{1,3})\.0(?:\/(.*))?$/.exec(parsed.pathname);
  if (match === null) return null;
  try {
    const segments = (match[2] ?? "").replace(/\/$/, "").split("/").filter((segment, index) => segment !== "" || index > 0).map(decodeURIComponent);
    return { version: Number(match[1]), segments, query: parsed.searchParams };
  } catch {
    return null;
  }
}
