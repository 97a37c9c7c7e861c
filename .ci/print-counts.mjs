// Ends the run with the one line that counts, from what vitest wrote during `npm run check`.
import { existsSync, readFileSync } from "node:fs";

const file = new URL("../node_modules/.vitest-report.json", import.meta.url);
if (existsSync(file)) {
  const report = JSON.parse(readFileSync(file, "utf8"));
  // A file that could not be loaded has no tests to count, and is a failure all the same.
  const unloaded = report.testResults.filter((result) => result.status === "failed" && result.assertionResults.length === 0);
  const failed = report.numFailedTests + unloaded.length;
  process.stdout.write(`${report.numPassedTests} passed, ${failed} failed\n`);
  if (failed > 0 || !report.success) process.exitCode = 1;
} else {
  process.stdout.write("the tests did not run\n");
  process.exitCode = 1;
}
