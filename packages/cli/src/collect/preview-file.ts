import type { SubmissionPreview, Volenti } from "@volenti/core";
import { unreadableInput } from "@volenti/core";
import { readNdjson } from "@volenti/node";
import { EXIT_CODE, type ExitCode } from "../exit-code.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { writeTable } from "../terminal/write-table.ts";
import type { Source } from "./open-source.ts";
import { createCallCounter } from "./call-counter.ts";
import { untilAborted } from "./until-aborted.ts";

const ROWS_OF_A_TABLE = 50;

/**
 * Shows what would become of each line, for a person not yet known, and what it would cost where a destination can say.
 * Contacts nobody, writes nothing.
 */
export async function previewFile(request: {
  volenti: Volenti;
  source: Source;
  signal: AbortSignal;
  terminal: Terminal;
  json: boolean;
  batchSize: number | undefined;
}): Promise<ExitCode> {
  const { volenti, source, signal, terminal, json, batchSize = volenti.batchSize } = request;
  const calls = createCallCounter({ volenti, batchSize });
  let rejected = 0;
  let lines = 0;
  const rows: string[][] = [];
  for await (const record of untilAborted({ source: readNdjson(source.read(0)), signal })) {
    const input = record.problem === undefined ? record.value : unreadableInput(record.problem);
    const preview: SubmissionPreview = { ...(await volenti.preview(input)), line: record.line };
    lines += 1;
    calls.add({ preview, input });
    if (preview.outcome === "rejected") rejected += 1;
    if (json) await terminal.output.writeLine(toPreviewLine(preview));
    else if (rows.length < ROWS_OF_A_TABLE) rows.push(toPreviewRow(preview));
  }
  if (json) for (const sentence of calls.describe()) terminal.tell(sentence);
  else {
    await writeTable({ terminal, head: ["line", "outcome", "route", "not served by", "withheld", "problems"], rows });
    if (lines > rows.length) await terminal.output.writeLine(`… and ${lines - rows.length} more lines (--json prints all)`);
    await terminal.output.writeLine(`${lines - rejected} would be delivered, ${rejected} rejected; nothing was written or sent`);
    for (const sentence of calls.describe()) await terminal.output.writeLine(sentence);
  }
  return rejected > 0 ? EXIT_CODE.rejected : EXIT_CODE.delivered;
}

export function toPreviewLine(preview: SubmissionPreview): string {
  const { line, submissionId, outcome, route, excluded, withheld, problems } = preview;
  return JSON.stringify({ line, submissionId, outcome, route, excluded, withheld, problems });
}

export function toPreviewRow(preview: SubmissionPreview): string[] {
  const { line, outcome, route, excluded, withheld, problems } = preview;
  return [
    String(line),
    outcome,
    route.map(({ destinationId, turn, reasons }) => `${destinationId} ${turn} (${reasons.join(", ")})`).join("\n"),
    excluded.map(({ destinationId, reasons }) => `${destinationId} (${reasons.join(", ")})`).join("\n"),
    withheld.map(({ attribute }) => attribute).join("\n"),
    problems.map(({ path, code }) => (path === "" ? code : `${path}: ${code}`)).join("\n"),
  ];
}
