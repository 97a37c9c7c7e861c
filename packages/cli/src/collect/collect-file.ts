import { unreadableInput, type SubmissionResult, type Volenti } from "@volenti/core";
import { readNdjson, type NdjsonRecord } from "@volenti/node";
import type { ProgressBar } from "../terminal/progress-bar.ts";
import type { Output } from "../terminal/output.ts";
import { countResult, type CollectCounts } from "./collect-counts.ts";
import type { ProgressKeeper } from "./progress-keeper.ts";
import type { Source } from "./open-source.ts";
import { toResultLine } from "./to-result-line.ts";
import { untilAborted } from "./until-aborted.ts";

interface Place {
  readonly line: number;
  readonly endOffset: number;
}

/**
 * Delivers the lines of a source from a place on; counts, prints and remembers each result, in the order of the lines.
 * Ends when the source does or the signal is aborted, with the batches under way finished. Rejects with an `OutputError`
 * when results can no longer be printed, and with the system's error when the source can no longer be read.
 */
export async function collectFile(request: {
  volenti: Volenti;
  source: Source;
  start: { offset: number; line: number };
  options: { concurrency?: number | undefined; batchSize?: number | undefined };
  signal: AbortSignal;
  /** Null: the results are counted, not printed. */
  output: Output | null;
  flush: () => Promise<void>;
  counts: CollectCounts;
  keeper: ProgressKeeper | null;
  bar: ProgressBar;
}): Promise<void> {
  const { volenti, source, start, options, signal, output, flush, counts, keeper, bar } = request;
  const places = createQueue<Place>();
  const records = readNdjson(source.read(start.offset), { startOffset: start.offset, startLine: start.line });
  const submissions = toSubmissions({ records: untilAborted({ source: records, signal }), places });
  for await (const answer of volenti.collectMany(submissions, { ...options, signal })) {
    const { line, endOffset } = places.take();
    // Core counts inputs; a file has blank lines, and may be continued in the middle.
    const result: SubmissionResult = { ...answer, line };
    countResult({ counts, result });
    if (output !== null) await output.writeLine(toResultLine({ result, line }));
    bar.update({ offset: endOffset, lines: counts.lines });
    keeper?.add({ result, line, endOffset });
    if (keeper?.isDue() === true) {
      await flush();
      await keeper.save();
    }
  }
}

async function* toSubmissions(request: {
  records: AsyncIterable<NdjsonRecord>;
  places: { add(place: Place): void };
}): AsyncGenerator<unknown, void, undefined> {
  for await (const record of request.records) {
    request.places.add({ line: record.line, endOffset: record.endOffset });
    yield record.problem === undefined ? record.value : unreadableInput(record.problem);
  }
}

/** First in, first out, without moving what waits: a file has millions of lines. */
function createQueue<Item>(): { add(item: Item): void; take(): Item } {
  let waiting: Item[] = [];
  let next = 0;
  return {
    add: (item) => {
      waiting.push(item);
    },
    take: () => {
      const item = waiting[next];
      if (item === undefined) throw new RangeError("more results than submissions");
      next += 1;
      if (next > 1024 && next * 2 > waiting.length) {
        waiting = waiting.slice(next);
        next = 0;
      }
      return item;
    },
  };
}
