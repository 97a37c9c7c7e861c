import type { Rule } from "../rule.ts";
import { readThirdParties, THIRD_PARTY_PAGE, writeThirdPartyPage } from "../third-party-page.ts";

/** Licences that ask for no more than their text and a name. */
const PERMISSIVE = new Set(["0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "BlueOak-1.0.0", "CC0-1.0", "ISC", "MIT", "MIT-0", "PostgreSQL", "Unlicense", "Zlib"]);

/** Adopters get permissive libraries only, and a list of them that is true. */
export const thirdPartyLicences: Rule = {
  name: "third-party-licences",
  check(repository) {
    if (!repository.files.includes("package-lock.json")) return [];
    const thirdParties = readThirdParties(repository);
    const strict = thirdParties.filter(({ licence }) => licence === null || !isPermissive(licence));
    const page = repository.files.includes(THIRD_PARTY_PAGE) ? repository.read(THIRD_PARTY_PAGE) : "";
    return [
      ...strict.map(({ name, version, licence }) => ({
        path: "package-lock.json",
        message: `${name} ${version}, which adopters install, is under ${licence ?? "no licence that it names"}: not known to be permissive`,
      })),
      ...(page === writeThirdPartyPage(thirdParties) ? [] : [{ path: THIRD_PARTY_PAGE, message: "is not what the lockfile says: npm run licences" }]),
    ];
  },
};

/** An SPDX expression of one level: every part of an AND, or any part of an OR. Anything deeper is not known to be permissive. */
function isPermissive(expression: string): boolean {
  const bare = expression.replace(/^\((.*)\)$/, "$1");
  if (bare.includes(" AND ")) return bare.split(" AND ").every((part) => PERMISSIVE.has(part));
  return bare.split(" OR ").some((part) => PERMISSIVE.has(part));
}
