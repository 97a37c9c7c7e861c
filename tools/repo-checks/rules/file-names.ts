import type { Rule } from "../rule.ts";
import { codeFiles } from "../source-files.ts";

const KEBAB_CASE = /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.(?:test|live\.test|test-d|config))?\.m?[tj]s$/;
const SAYS_NOTHING = /^(?:utils?|helpers?|commons?|types?|misc|shared)(?:\.test)?\.m?[tj]s$/;

/** A file is named in kebab-case for its main export; a name that fits everything says nothing. */
export const fileNames: Rule = {
  name: "file-names",
  check(repository) {
    return codeFiles(repository).flatMap((path) => {
      const name = path.slice(path.lastIndexOf("/") + 1);
      if (SAYS_NOTHING.test(name)) return [{ path, message: "name the file for the one idea that it holds" }];
      return KEBAB_CASE.test(name) ? [] : [{ path, message: "file names are kebab-case" }];
    });
  },
};
