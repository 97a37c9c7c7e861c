import type { Volenti } from "@volenti/core";
import { createGovernance, type CheckpointReport } from "@volenti/governance";
import type { CommandContext } from "../command-context.ts";
import { EXIT_CODE, type ExitCode } from "../exit-code.ts";
import { findDestination } from "../find-destination.ts";
import { withVolenti } from "../open-volenti.ts";
import { UsageError } from "../usage-error.ts";
import { writeCheckpointReport } from "../verify/write-checkpoint.ts";

export interface CheckpointOptions {
  readonly prove?: string;
  readonly consistency?: string;
}

const DECISION_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** `volenti checkpoint [DESTINATION]`: signs and publishes; with `--prove` or `--consistency` answers a proof instead. */
export function checkpointCommand(request: {
  context: CommandContext;
  options: CheckpointOptions;
  /** Empty for every ledger that keeps a log. */
  destination: string;
}): Promise<ExitCode> {
  const { context, options, destination } = request;
  return withVolenti({ context }, async ({ volenti, updateLock }) => {
    const destinationIds = findLogs({ volenti, destination });
    if (options.prove !== undefined || options.consistency !== undefined) {
      return prove({ context, options, volenti, destinationIds });
    }
    await updateLock();
    const governance = createGovernance(volenti);
    const reports: CheckpointReport[] = [];
    for (const destinationId of destinationIds) reports.push(await governance.checkpoint({ destinationId }));
    if (context.json) await context.terminal.output.writeLine(JSON.stringify({ destinations: reports }));
    else for (const report of reports) await writeCheckpointReport({ terminal: context.terminal, report });
    if (reports.some(({ anchors }) => anchors.some(({ status }) => status === "unpublished"))) return EXIT_CODE.undelivered;
    return reports.some(({ status }) => status === "refused") ? EXIT_CODE.rejected : EXIT_CODE.delivered;
  });
}

async function prove(request: {
  context: CommandContext;
  options: CheckpointOptions;
  volenti: Volenti;
  destinationIds: readonly string[];
}): Promise<ExitCode> {
  const { context, options, volenti } = request;
  const [destinationId, ...others] = request.destinationIds;
  if (destinationId === undefined || others.length > 0) {
    throw new UsageError({ code: "destinationRequired", sentence: "name the destination whose log the proof is of" });
  }
  const governance = createGovernance(volenti);
  const proof =
    options.prove === undefined
      ? await governance.proveConsistency({ destinationId, size: readSize(options.consistency) })
      : await governance.proveDecision({ destinationId, decisionId: readDecisionId(options.prove) });
  if (proof === null) {
    context.terminal.tell("no checkpoint covers this decision");
    return EXIT_CODE.rejected;
  }
  await context.terminal.output.writeLine(JSON.stringify(proof, null, context.json ? 0 : 2));
  return EXIT_CODE.delivered;
}

function readSize(text: string | undefined): number {
  const size = Number(text);
  if (text !== undefined && /^\d{1,15}$/.test(text)) return size;
  throw new UsageError({ code: "invalidSize", sentence: "the size of a log is a whole number" });
}

function readDecisionId(text: string): string {
  if (DECISION_ID.test(text)) return text;
  throw new UsageError({ code: "invalidDecisionId", sentence: "the id of a decision is a UUID" });
}

function findLogs(request: { volenti: Volenti; destination: string }): readonly string[] {
  const { volenti, destination } = request;
  if (destination === "") {
    const logs = [...volenti.destinations].filter(([, { checkpoints }]) => checkpoints !== undefined).map(([id]) => id);
    if (logs.length > 0) return logs;
    throw new UsageError({ code: "unsupported", sentence: "no destination keeps a log that a checkpoint could be signed over" });
  }
  if (findDestination({ volenti, id: destination }).checkpoints === undefined) {
    throw new UsageError({ code: "unsupported", sentence: "this destination keeps no log that a checkpoint could be signed over" });
  }
  return [destination];
}
