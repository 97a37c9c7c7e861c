import type { Volenti } from "@volenti/core";
import type { Resume } from "@volenti/node";
import type { CommandContext } from "../command-context.ts";
import { claimState } from "../collect/claim-state.ts";
import { collectFile } from "../collect/collect-file.ts";
import { emptyCounts, toExitCode, type CollectCounts } from "../collect/collect-counts.ts";
import { keepMemoryFlat } from "../collect/keep-memory-flat.ts";
import { listenForInterruption, type Interruption } from "../collect/interruption.ts";
import { openSource, type Source } from "../collect/open-source.ts";
import { openState } from "../collect/open-state.ts";
import { preflight } from "../collect/preflight.ts";
import { previewFile } from "../collect/preview-file.ts";
import { addEarlierCounts, createProgressKeeper } from "../collect/progress-keeper.ts";
import { settleFollowUps } from "../collect/settle-follow-ups.ts";
import { writeSummary } from "../collect/write-summary.ts";
import { EXIT_CODE, type ExitCode } from "../exit-code.ts";
import { withUncheckedVolenti, withVolenti, type OpenVolenti } from "../open-volenti.ts";
import { createProgressBar } from "../terminal/progress-bar.ts";
import { UsageError } from "../usage-error.ts";

const STOPPING =
  "stopping: calls under way end first, each within its own timeout, and none is tried again; a second signal ends at once";

export interface CollectOptions {
  readonly file: string;
  readonly dryRun: boolean;
  /** Path of the state file, as given. */
  readonly resume: string | undefined;
  readonly concurrency: number | undefined;
  readonly batchSize: number | undefined;
}

/** `volenti collect FILE|-`: delivers NDJSON submissions. */
export async function collectCommand(request: { context: CommandContext; options: CollectOptions }): Promise<ExitCode> {
  const { context, options } = request;
  const { terminal, folder, json } = context;
  const source = await openSource({ file: options.file, folder, input: terminal.input });
  refuseContradictions(options);
  const interruption = listenForInterruption({ ...context, onFirst: () => terminal.tell(STOPPING) });
  try {
    if (options.dryRun) {
      const { signal } = interruption;
      const code = await withUncheckedVolenti({ context }, ({ volenti }) =>
        previewFile({ volenti, source, signal, terminal, json, batchSize: options.batchSize }),
      );
      return interruption.exitCode() ?? code;
    }
    return await withVolenti({ context }, (open) => deliver({ ...request, open, source, interruption }));
  } finally {
    source.close();
    interruption.dispose();
  }
}

function refuseContradictions({ resume, dryRun }: CollectOptions): void {
  if (resume === undefined || !dryRun) return;
  throw new UsageError({ code: "contradiction", sentence: "a dry run writes nothing, and so has nothing to resume" });
}

async function deliver(request: {
  context: CommandContext;
  options: CollectOptions;
  open: OpenVolenti;
  source: Source;
  interruption: Interruption;
}): Promise<ExitCode> {
  const { context, options, open, interruption } = request;
  const { volenti } = open;
  const { terminal, json } = context;
  keepMemoryFlat();
  const state = await openState({ context, options, source: request.source, interruption });
  if (state === null) return interruption.exitCode() ?? EXIT_CODE.interrupted;
  const { resume, source } = state;
  await preflight({ volenti, signal: interruption.signal, tell: (line) => terminal.tell(line) });
  await claimState(resume);
  // From here on something may be recorded under the versions of the configuration.
  await open.updateLock();
  const counts = emptyCounts();
  if (resume !== null) addEarlierCounts({ counts, resume });
  await run({ context, options, volenti, source, interruption, resume, counts });
  await settleFollowUps({ volenti, signal: interruption.signal, tell: (line) => terminal.tell(line) });
  if (!json) await writeSummary({ terminal, counts });
  if (interruption.exitCode() !== null) terminal.tell(toStoppedSentence({ counts, resume }));
  return interruption.exitCode() ?? toExitCode(counts);
}

async function run(request: {
  context: CommandContext;
  options: CollectOptions;
  volenti: Volenti;
  source: Source;
  interruption: Interruption;
  resume: Resume | null;
  counts: CollectCounts;
}): Promise<void> {
  const { context, options, volenti, source, interruption, resume, counts } = request;
  const { output, progressStream } = context.terminal;
  const start = resume?.start ?? { offset: 0, line: 0 };
  const keeper = resume === null ? null : createProgressKeeper({ resume, now: () => volenti.clock.now() });
  const bar = createProgressBar({ stream: progressStream, sizeInBytes: source.sizeInBytes, startOffset: start.offset });
  const flush = (): Promise<void> => output.flush();
  try {
    await collectFile({
      volenti,
      source,
      start,
      options: { concurrency: options.concurrency, batchSize: options.batchSize },
      signal: interruption.signal,
      output: context.json ? output : null,
      flush,
      counts,
      keeper,
      bar,
    });
    await flush();
    await keeper?.save();
  } finally {
    bar.stop();
  }
}

function toStoppedSentence(request: { counts: CollectCounts; resume: Resume | null }): string {
  const how = request.resume === null ? "run it again: what was delivered is unchanged" : "run it again with the same --resume to go on";
  return `stopped after ${request.counts.lines} lines; ${how}`;
}
