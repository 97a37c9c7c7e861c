import Table from "cli-table3";
import type { Terminal } from "./terminal.ts";

/**
 * Writes rows under a head as a table, or nothing where there are no rows. A column without a head holds remarks, and is
 * left out where no row has one.
 */
export async function writeTable(request: {
  terminal: Terminal;
  title?: string | undefined;
  head: readonly string[];
  rows: readonly (readonly string[])[];
}): Promise<void> {
  const { terminal, title, rows } = request;
  if (rows.length === 0) return;
  const isShown = (_: string, column: number): boolean => request.head[column] !== "" || rows.some((row) => (row[column] ?? "") !== "");
  const head = request.head.filter(isShown);
  // The library's own colours look at the process, not at the stream: they are off, and ours are put in.
  const table = new Table({
    head: head.map((text) => terminal.paint({ text, tone: "strong" })),
    style: { head: [], border: [], compact: true },
  });
  for (const row of rows) table.push(row.filter(isShown));
  if (title !== undefined) await terminal.output.writeLine(terminal.paint({ text: title, tone: "strong" }));
  await terminal.output.writeLine(table.toString());
  await terminal.output.writeLine("");
}
