import type { Rule } from "../rule.ts";
import { packageNames } from "../source-files.ts";

/** Who installs one package gets its README and the licence with it. */
export const packagePapers: Rule = {
  name: "package-papers",
  check(repository) {
    const licence = repository.files.includes("LICENSE") ? repository.read("LICENSE") : null;
    if (licence === null) return [{ path: "LICENSE", message: "the repository has no licence" }];
    return packageNames(repository).flatMap((name) => {
      const folder = `packages/${name}`;
      const has = (file: string): boolean => repository.files.includes(`${folder}/${file}`);
      return [
        ...(has("README.md") ? [] : [{ path: folder, message: "has no README.md" }]),
        ...(has("LICENSE") && repository.read(`${folder}/LICENSE`) === licence
          ? []
          : [{ path: folder, message: "its LICENSE is missing or differs from the one at the root" }]),
      ];
    });
  },
};
