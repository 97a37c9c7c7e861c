import { createGovernance } from "@volenti/governance";
import type { Volenti } from "@volenti/core";
import { toPreviewLine, toPreviewRow } from "../collect/preview-file.ts";
import { untilAborted } from "../collect/until-aborted.ts";
import { EXIT_CODE, type ExitCode } from "../exit-code.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { writeTable } from "../terminal/write-table.ts";
import type { OpenList } from "./open-list.ts";

const ROWS_OF_A_TABLE = 50;

/** Shows what would become of each row, for a person not yet known. Contacts nobody, writes nothing. */
export async function previewList(request: {
  volenti: Volenti;
  list: OpenList;
  signal: AbortSignal;
  terminal: Terminal;
  json: boolean;
}): Promise<ExitCode> {
  const { volenti, list, signal, terminal, json } = request;
  let [lines, rejected, unproved] = [0, 0, 0];
  const rows: string[][] = [];
  const previews = createGovernance(volenti).previewImport({ map: list.map, rows: untilAborted({ source: list.read(0), signal }) });
  for await (const preview of previews) {
    lines += 1;
    if (preview.outcome === "rejected") rejected += 1;
    if (preview.problems.some(({ code }) => code === "grantWithoutProof")) unproved += 1;
    if (json) await terminal.output.writeLine(toPreviewLine(preview));
    else if (rows.length < ROWS_OF_A_TABLE) rows.push(toPreviewRow(preview));
  }
  if (!json) {
    await writeTable({ terminal, head: ["line", "outcome", "route", "not served by", "withheld", "problems"], rows });
    if (lines > rows.length) await terminal.output.writeLine(`… and ${lines - rows.length} more rows (--json prints all)`);
    await terminal.output.writeLine(`${lines - rejected} would be delivered, ${rejected} rejected; nothing was written or sent`);
    if (unproved > 0) await terminal.output.writeLine(`${unproved} rows with a grant that lacks its proof: it would not be recorded`);
  }
  return rejected > 0 ? EXIT_CODE.rejected : EXIT_CODE.delivered;
}
