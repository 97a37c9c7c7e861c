import type { CheckpointReport } from "@volenti/governance";
import type { Terminal } from "../terminal/terminal.ts";
import { writeTable } from "../terminal/write-table.ts";
import { toFindingRows } from "./write-verification.ts";

/** Shows what was signed and where it was published, or why not. */
export async function writeCheckpointReport(request: { terminal: Terminal; report: CheckpointReport }): Promise<void> {
  const { terminal, report } = request;
  const { destinationId, status, size, root, added, findings, anchors } = report;
  await writeTable({ terminal, head: ["finding", "of", "decision", "person"], rows: toFindingRows(findings) });
  await writeTable({
    terminal,
    head: ["anchor", "status", "code"],
    rows: anchors.map(({ anchorId, status: published, code }) => [anchorId, published, code ?? ""]),
  });
  const text = {
    made: `${destinationId}: checkpoint over ${size} decisions, ${added} of them new, root ${root ?? ""}`,
    unchanged: `${destinationId}: nothing new since the checkpoint over ${size} decisions`,
    refused: `${destinationId}: no checkpoint was signed and none published, because it would not extend the last`,
  }[status];
  await terminal.output.writeLine(terminal.paint({ text, tone: status === "refused" ? "error" : "ok" }));
}
