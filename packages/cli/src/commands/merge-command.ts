import { createGovernance, type MergeReport } from "@volenti/governance";
import type { CommandContext } from "../command-context.ts";
import { EXIT_CODE, type ExitCode } from "../exit-code.ts";
import { withVolenti } from "../open-volenti.ts";
import { readPair, type PairOptions } from "../person/pair-options.ts";
import { readViewer, type ViewerOptions } from "../person/viewer-options.ts";
import { writeTable } from "../terminal/write-table.ts";

export type MergeOptions = PairOptions & ViewerOptions & { country?: string };

/** `volenti merge --into-KIND VALUE|- --from-KIND VALUE|-`: two people who turn out to be one. */
export function mergeCommand(request: { context: CommandContext; options: MergeOptions }): Promise<ExitCode> {
  const { context, options } = request;
  const { terminal } = context;
  return withVolenti({ context }, async ({ volenti, updateLock }) => {
    const viewer = readViewer({ options, volenti });
    const pair = await readPair({ options, terminal, volenti });
    // Refusals are recorded under versions of the catalogue.
    await updateLock();
    const report = await createGovernance(volenti, viewer).merge({ ...pair, country: options.country });
    if (context.json) await terminal.output.writeLine(JSON.stringify(report));
    else await writeReport({ context, report });
    return toExitCode(report);
  });
}

async function writeReport(request: { context: CommandContext; report: MergeReport }): Promise<void> {
  const { context: { terminal }, report } = request;
  await writeTable({
    terminal,
    title: "Refused from now on, because either refused it",
    head: ["purpose", "channel", "decision"],
    rows: report.revoked.map(({ purpose, channel, decisionId }) => [purpose, channel, decisionId]),
  });
  const { outcome, reason, into, from, ledgers } = report;
  if (outcome === "merged") {
    await terminal.output.writeLine(from === into ? `They are one person already: ${into ?? ""}` : `${from ?? ""} is now ${into ?? ""}, in ${ledgers.join(", ")}.`);
    return;
  }
  await terminal.output.writeLine(outcome === "refused" ? `Not merged: ${reason === "unlinked" ? "some destination holds somebody of that identifier who is not linked (unlinked): volenti link first" : (reason ?? "refused")}.` : `Incomplete (${reason ?? "unknown"}): run it again.`);
}

function toExitCode({ outcome }: MergeReport): ExitCode {
  if (outcome === "merged") return EXIT_CODE.delivered;
  return outcome === "refused" ? EXIT_CODE.rejected : EXIT_CODE.undelivered;
}
