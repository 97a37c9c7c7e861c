import { refusal, notFound, type ApiAnswer } from "./api-answer.ts";

const OLDEST = 31;
const NEWEST = 68;
const FIRST_EVER = 20;

/** Why the version cannot be called; null where it can. */
export function checkVersion(version: number): ApiAnswer | null {
  if (version >= OLDEST && version <= NEWEST) return null;
  if (version > NEWEST || version < FIRST_EVER) return notFound();
  return refusal({ status: 410, errorCode: "UNSUPPORTED_API_VERSION", message: `API version ${version}.0 is not available. It was retired; use a current version.` });
}

/** GET /services/data */
export function listVersions(): ApiAnswer {
  const versions = Array.from({ length: NEWEST - OLDEST + 1 }, (_, index) => OLDEST + index);
  return { status: 200, body: versions.map((version) => ({ label: labelOf(version), url: `/services/data/v${version}.0`, version: `${version}.0` })) };
}

/** Three releases a year; v31 was Summer '14. */
function labelOf(version: number): string {
  const season = ["Spring", "Summer", "Winter"][(version - 30) % 3] ?? "";
  const year = 14 + Math.floor((version - 30) / 3) + (season === "Winter" ? 1 : 0);
  return `${season} '${year}`;
}
