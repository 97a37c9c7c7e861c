import { createGovernance, type RetentionEntry, type RetentionReport } from "@volenti/governance";
import { listenForInterruption } from "../collect/interruption.ts";
import type { CommandContext } from "../command-context.ts";
import { EXIT_CODE, type ExitCode } from "../exit-code.ts";
import { withVolenti } from "../open-volenti.ts";
import { createPeopleProgress } from "../retention/people-progress.ts";
import { toEntryLine, writeRetentionReport } from "../retention/write-retention-report.ts";

const STOPPING = "stopping: calls under way end first; a second signal ends at once";

export interface RetentionOptions {
  readonly apply: boolean;
  /** Whether people are listed by their refs, a line each, as they are found. */
  readonly list: boolean;
}

/** `volenti retention`: what outlived its purpose; erased or masked only with `--apply`. The last line of `--json` is the report. */
export function retentionCommand(request: { context: CommandContext; options: RetentionOptions }): Promise<ExitCode> {
  const { context, options } = request;
  const { terminal, json } = context;
  return withVolenti({ context }, async ({ volenti }) => {
    const interruption = listenForInterruption({ ...context, onFirst: () => terminal.tell(STOPPING) });
    const progress = createPeopleProgress(terminal.progressStream);
    const onEntry = (entry: RetentionEntry): Promise<void> => terminal.output.writeLine(json ? JSON.stringify(entry) : toEntryLine(entry));
    try {
      const report = await createGovernance(volenti).retention({
        apply: options.apply,
        ...(options.list ? { onEntry } : {}),
        onProgress: progress.update,
        signal: interruption.signal,
      });
      progress.stop();
      if (json) await terminal.output.writeLine(JSON.stringify(report));
      else await writeRetentionReport({ terminal, report });
      return interruption.exitCode() ?? toExitCode(report);
    } finally {
      progress.stop();
      interruption.dispose();
    }
  });
}

/** What failed or waits is done by running again; what no destination can list or erase is a human's work. */
function toExitCode({ outcome, destinations, counts }: RetentionReport): ExitCode {
  if (outcome !== "complete") return EXIT_CODE.undelivered;
  const isLeft = destinations.some(({ status }) => status === "unsupported") || counts.some((count) => count.outcome === "unsupported");
  return isLeft ? EXIT_CODE.rejected : EXIT_CODE.delivered;
}
