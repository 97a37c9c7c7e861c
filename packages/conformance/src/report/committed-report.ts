import { readFile, writeFile } from "node:fs/promises";
import { ConformanceFailure } from "../assertions/conformance-failure.ts";
import type { ConformanceReport } from "./conformance-report.ts";

/**
 * Compares a fresh report with the committed one, so that a new skip is a visible change. Writes it instead where
 * `update` is true. A report of failed cases is never written.
 */
export async function compareWithCommitted(request: { report: ConformanceReport; file: URL; update: boolean }): Promise<void> {
  const { report, file, update } = request;
  const text = `${JSON.stringify(report, null, 2)}\n`;
  const failed = report.cases.filter(({ outcome }) => outcome === "failed").length;
  if (failed > 0) throw new ConformanceFailure(`${failed} cases failed: the report is neither compared nor written`);
  if (update) {
    await writeFile(file, text);
    return;
  }
  const committed = await readFile(file, "utf8").catch(() => null);
  if (committed?.replaceAll("\r\n", "\n") === text) return;
  throw new ConformanceFailure(
    committed === null
      ? "there is no committed conformance report: run once with UPDATE_CONFORMANCE_REPORT=1"
      : "the conformance report has changed: run with UPDATE_CONFORMANCE_REPORT=1 and look at the difference",
  );
}
