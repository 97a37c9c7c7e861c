import { listImports, packageNameOf } from "../list-imports.ts";
import type { Rule } from "../rule.ts";
import { sourceFiles } from "../source-files.ts";

const VENDOR_LIBRARIES: ReadonlySet<string> = new Set([
  "pg",
  "@electric-sql/pglite",
  "jsforce",
  "axios",
  "axios-ntlm",
  "saxes",
  "undici",
]);

/** Only an adapter's `transport/` touches a vendor library, types included: what is swapped is swapped there. */
export const vendorImports: Rule = {
  name: "vendor-imports",
  check(repository) {
    const files = sourceFiles(repository).filter((path) => !/^packages\/[^/]+\/src\/transport\//.test(path));
    return files.flatMap((path) =>
      listImports(repository.read(path))
        .filter(({ specifier }) => VENDOR_LIBRARIES.has(packageNameOf(specifier) ?? ""))
        .map(({ specifier, line }) => ({ path, line, message: `${specifier} is imported outside src/transport/` })),
    );
  },
};
