import { findLines } from "../find-lines.ts";
import type { Rule } from "../rule.ts";

// Without their slashes, so that this file does not find itself.
const FOLDERS = ["work", "farm", "tmp", "root", "home", "Users"];
const HOSTS = ["registry\\.(?:npmjs|yarnpkg)\\.\\w+"];

/** Nothing in the repository knows the machine it was written on, nor where its packages were fetched from. */
export const machinePaths: Rule = {
  name: "machine-paths",
  check: (repository) =>
    findLines({
      repository,
      files: repository.files.filter((path) => !/\.(?:png|ico|woff2?|gz|tgz)$/.test(path)),
      pattern: new RegExp(`(?:^|[^A-Za-z0-9.*~}/-])/(?:${FOLDERS.join("|")})/|${HOSTS.join("|")}`),
      message: "a path or host of some machine",
    }),
};
