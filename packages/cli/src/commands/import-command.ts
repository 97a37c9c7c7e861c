import { createGovernance } from "@volenti/governance";
import type { Resume } from "@volenti/node";
import { claimState } from "../collect/claim-state.ts";
import { countResult, emptyCounts, toExitCode, type CollectCounts } from "../collect/collect-counts.ts";
import { listenForInterruption, type Interruption } from "../collect/interruption.ts";
import { keepMemoryFlat } from "../collect/keep-memory-flat.ts";
import { openState } from "../collect/open-state.ts";
import { preflight } from "../collect/preflight.ts";
import { addEarlierCounts, createProgressKeeper } from "../collect/progress-keeper.ts";
import { toResultLine } from "../collect/to-result-line.ts";
import { untilAborted } from "../collect/until-aborted.ts";
import { writeSummary } from "../collect/write-summary.ts";
import type { CommandContext } from "../command-context.ts";
import { EXIT_CODE, type ExitCode } from "../exit-code.ts";
import { openList, type OpenList } from "../import/open-list.ts";
import { previewList } from "../import/preview-list.ts";
import { withUncheckedVolenti, withVolenti, type OpenVolenti } from "../open-volenti.ts";
import { createProgressBar } from "../terminal/progress-bar.ts";
import { UsageError } from "../usage-error.ts";

const STOPPING = "stopping: calls under way end first, and none is tried again; a second signal ends at once";

export interface ImportOptions {
  /** Path of the map, as given. */
  readonly map: string;
  readonly dryRun?: boolean;
  readonly resume?: string;
  readonly concurrency?: number;
  readonly batchSize?: number;
}

interface ImportCall {
  readonly context: CommandContext;
  readonly file: string;
  readonly options: ImportOptions;
}

/** `volenti import FILE --map MAP`: existing consents and profiles from CSV. */
export async function importCommand(request: ImportCall): Promise<ExitCode> {
  const { context, file, options } = request;
  const { terminal, folder, json } = context;
  if (options.dryRun === true && options.resume !== undefined) {
    throw new UsageError({ code: "contradiction", sentence: "a dry run writes nothing, and so has nothing to resume" });
  }
  const interruption = listenForInterruption({ ...context, onFirst: () => terminal.tell(STOPPING) });
  try {
    if (options.dryRun === true) {
      return await withUncheckedVolenti({ context }, async ({ volenti }) => {
        const list = await openList({ file, map: options.map, folder, volenti, input: terminal.input });
        const code = await previewList({ volenti, list, signal: interruption.signal, terminal, json });
        return interruption.exitCode() ?? code;
      });
    }
    return await withVolenti({ context }, (open) => deliver({ ...request, open, interruption }));
  } finally {
    interruption.dispose();
  }
}

async function deliver(request: ImportCall & { open: OpenVolenti; interruption: Interruption }): Promise<ExitCode> {
  const { context, file, options, open, interruption } = request;
  const { volenti } = open;
  const { terminal, folder, json } = context;
  keepMemoryFlat();
  const list = await openList({ file, map: options.map, folder, volenti, input: terminal.input });
  const state = await openState({ context, options: { file, resume: options.resume }, source: list.source, interruption });
  if (state === null) return interruption.exitCode() ?? EXIT_CODE.interrupted;
  const { resume, source } = state;
  // A state is saved about what was read: standard input is in memory whole.
  if (file === "-") for await (const chunk of source.read(0)) void chunk;
  await preflight({ volenti, signal: interruption.signal, tell: (line) => terminal.tell(line) });
  await claimState(resume);
  // From here on something may be recorded under the versions of the configuration.
  await open.updateLock();
  const counts = emptyCounts();
  if (resume !== null) addEarlierCounts({ counts, resume });
  await run({ ...request, list, resume, counts });
  if (!json) await writeSummary({ terminal, counts });
  const unproved = counts.problems["grantWithoutProof"];
  if (unproved !== undefined) terminal.tell(`${unproved.count} rows with a grant that lacks its proof: it was not recorded, and permits nothing`);
  if (interruption.exitCode() !== null) terminal.tell(`stopped after ${counts.lines} rows; run it again: what was delivered is unchanged`);
  return interruption.exitCode() ?? toExitCode(counts);
}

async function run(
  request: ImportCall & { open: OpenVolenti; interruption: Interruption; list: OpenList; resume: Resume | null; counts: CollectCounts },
): Promise<void> {
  const { context, options, open, interruption, list, resume, counts } = request;
  const { volenti } = open;
  const { output, progressStream } = context.terminal;
  const { signal } = interruption;
  const { offset } = resume?.start ?? { offset: 0 };
  const keeper = resume === null ? null : createProgressKeeper({ resume, now: () => volenti.clock.now() });
  const bar = createProgressBar({ stream: progressStream, sizeInBytes: list.source.sizeInBytes, startOffset: offset });
  const rows = untilAborted({ source: list.read(offset), signal });
  const { concurrency, batchSize } = options;
  try {
    for await (const { endOffset, ...result } of createGovernance(volenti).importRows({ map: list.map, rows, options: { concurrency, batchSize, signal } })) {
      const { line } = result;
      countResult({ counts, result });
      if (context.json) await output.writeLine(toResultLine({ result, line, receipts: result.receipts }));
      bar.update({ offset: endOffset, lines: counts.lines });
      keeper?.add({ result, line, endOffset });
      if (keeper?.isDue() === true) {
        await output.flush();
        await keeper.save();
      }
    }
    await output.flush();
    await keeper?.save();
  } finally {
    bar.stop();
  }
}
