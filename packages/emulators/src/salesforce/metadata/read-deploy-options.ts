import type { DeploymentOptions } from "./deployment.ts";
import { MetadataProblem } from "./metadata-problem.ts";

const TEST_LEVELS: ReadonlySet<string> = new Set(["NoTestRun", "RunSpecifiedTests", "RunLocalTests", "RunAllTestsInOrg", "RunRelevantTests"]);
const SWITCHES = [
  "allowMissingFiles", "autoUpdatePackage", "checkOnly", "ignoreWarnings", "performRetrieve", "purgeOnDelete", "rollbackOnError",
  "runAllTests", "singlePackage",
] as const;
const OTHERS: ReadonlySet<string> = new Set(["runTests", "testLevel"]);

/** The `DeployOptions` of the Metadata API, from JSON or from the texts of an envelope. Throws a `MetadataProblem` for others. */
export function readDeployOptions(given: Readonly<Record<string, unknown>>): DeploymentOptions {
  const stranger = Object.keys(given).find((name) => !SWITCHES.some((known) => known === name) && !OTHERS.has(name));
  if (stranger !== undefined) throw new MetadataProblem({ problem: `Element ${stranger} invalid at this location in type DeployOptions` });
  const isOn = (name: (typeof SWITCHES)[number]): boolean => {
    const value = given[name];
    if (value === undefined || value === false || value === "false" || value === null) return false;
    if (value === true || value === "true") return true;
    throw new MetadataProblem({ problem: `The value of ${name} is not a valid value for the type xsd:boolean` });
  };
  for (const name of SWITCHES) isOn(name);
  const testLevel = given["testLevel"] ?? null;
  if (testLevel !== null && (typeof testLevel !== "string" || !TEST_LEVELS.has(testLevel))) {
    throw new MetadataProblem({ problem: "testLevel is not a valid value for the enum 'TestLevel'" });
  }
  if (testLevel === "RunSpecifiedTests" && given["runTests"] === undefined) {
    throw new MetadataProblem({ problem: "RunSpecifiedTests testLevel can only be used when runTests is specified" });
  }
  return {
    allowMissingFiles: isOn("allowMissingFiles"),
    checkOnly: isOn("checkOnly"),
    ignoreWarnings: isOn("ignoreWarnings"),
    rollbackOnError: isOn("rollbackOnError"),
    singlePackage: isOn("singlePackage"),
    testLevel,
  };
}
