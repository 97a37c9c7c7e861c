import { posix } from "node:path";
import { parseManifest } from "../parse-manifest.ts";
import type { Rule } from "../rule.ts";
import { packageNames } from "../source-files.ts";

/** npm links only bins that exist when it installs: they are committed and executable, not built. */
export const commandBins: Rule = {
  name: "command-bins",
  check(repository) {
    return packageNames(repository).flatMap((name) => {
      const { bin } = parseManifest(repository.read(`packages/${name}/package.json`));
      return Object.values(bin).flatMap((file) => {
        const path = posix.join("packages", name, file);
        const mode = repository.trackedMode(path);
        if (mode === null) return [{ path, message: "a bin that git does not track: npm ci would not link it" }];
        return mode === "100755" ? [] : [{ path, message: `a bin with mode ${mode}; git update-index --chmod=+x` }];
      });
    });
  },
};
