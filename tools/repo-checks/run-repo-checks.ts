import { fileURLToPath } from "node:url";
import { listCommands } from "./list-commands.ts";
import { openRepository } from "./repository.ts";
import type { Rule } from "./rule.ts";
import { ambientInputs } from "./rules/ambient-inputs.ts";
import { codeBlocks } from "./rules/code-blocks.ts";
import { commandBins } from "./rules/command-bins.ts";
import { commandPage } from "./rules/command-page.ts";
import { coreImports } from "./rules/core-imports.ts";
import { declarationShapes } from "./rules/declaration-shapes.ts";
import { declaredDependencies } from "./rules/declared-dependencies.ts";
import { documentedExports } from "./rules/documented-exports.ts";
import { errorIdentity } from "./rules/error-identity.ts";
import { fileNames } from "./rules/file-names.ts";
import { leftOvers } from "./rules/left-overs.ts";
import { lintEscapes } from "./rules/lint-escapes.ts";
import { lockfile } from "./rules/lockfile.ts";
import { machinePaths } from "./rules/machine-paths.ts";
import { markdownLinks } from "./rules/markdown-links.ts";
import { packageArrows } from "./rules/package-arrows.ts";
import { packagePapers } from "./rules/package-papers.ts";
import { reservedPeople } from "./rules/reserved-people.ts";
import { switchedOffTests } from "./rules/switched-off-tests.ts";
import { thirdPartyLicences } from "./rules/third-party-licences.ts";
import { vendorImports } from "./rules/vendor-imports.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const rules: readonly Rule[] = [
  packageArrows,
  coreImports,
  vendorImports,
  declaredDependencies,
  fileNames,
  declarationShapes,
  errorIdentity,
  ambientInputs,
  lintEscapes,
  leftOvers,
  switchedOffTests,
  machinePaths,
  reservedPeople,
  commandBins,
  commandPage({ listCommands: () => listCommands(root) }),
  lockfile,
  thirdPartyLicences,
  packagePapers,
  markdownLinks,
  codeBlocks({ root }),
  documentedExports({ root }),
];

const repository = openRepository(root);
let violations = 0;
for (const rule of rules) {
  for (const { path, line, message } of await rule.check(repository)) {
    violations += 1;
    process.stdout.write(`${path}${line === undefined ? "" : `:${line}`} ${rule.name}: ${message}\n`);
  }
}
process.stdout.write(`${rules.length} rules, ${repository.files.length} files, ${violations} violations\n`);
process.exitCode = violations === 0 ? 0 : 1;
