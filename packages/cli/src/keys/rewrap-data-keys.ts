import type { Volenti } from "@volenti/core";
import { createGovernance, type RewrapKey, type RewrapReport } from "@volenti/governance";
import { listenForInterruption } from "../collect/interruption.ts";
import type { CommandContext } from "../command-context.ts";
import { EXIT_CODE, type ExitCode } from "../exit-code.ts";
import { isMisconfiguration } from "../report-failure.ts";
import { createPeopleProgress } from "../retention/people-progress.ts";
import { writeRewrapReport } from "./write-rewrap-report.ts";

const STOPPING = "stopping: the page under way ends first; a second signal ends at once";

/** `volenti keys --rewrap`: which keys wrap how many data keys; wrapped under the newest only with `--apply`. */
export async function rewrapDataKeys(request: { context: CommandContext; volenti: Volenti; apply: boolean }): Promise<ExitCode> {
  const { context, volenti, apply } = request;
  const { terminal, json } = context;
  const interruption = listenForInterruption({ ...context, onFirst: () => terminal.tell(STOPPING) });
  const progress = createPeopleProgress(terminal.progressStream);
  try {
    const report = await createGovernance(volenti).rewrapKeys({ apply, onProgress: progress.update, signal: interruption.signal });
    progress.stop();
    if (json) await terminal.output.writeLine(JSON.stringify(report));
    else await writeRewrapReport({ terminal, report });
    return interruption.exitCode() ?? toExitCode(report);
  } finally {
    progress.stop();
    interruption.dispose();
  }
}

/** What was passed over or failed is done by running again; what no key of the keyring opens is not. */
function toExitCode({ applied, destinations }: RewrapReport): ExitCode {
  const failed = destinations.filter(({ status }) => status === "failed");
  if (failed.some(({ code }) => code === "keyringOutdated" || !isMisconfiguration({ code: code as Parameters<typeof isMisconfiguration>[0]["code"] }))) return EXIT_CODE.undelivered;
  if (failed.length > 0) return EXIT_CODE.misconfigured;
  if (!applied) return EXIT_CODE.delivered;
  const keys = destinations.flatMap((destination) => destination.keys);
  if (keys.some(isPassedOver)) return EXIT_CODE.undelivered;
  return destinations.some(({ status }) => status === "incomplete") ? EXIT_CODE.rejected : EXIT_CODE.delivered;
}

function isPassedOver({ status, unreadable, left }: RewrapKey): boolean {
  return status === "retired" && (left ?? 0) > unreadable;
}
