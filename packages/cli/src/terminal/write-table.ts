import Table from "cli-table3";
import { printable } from "./printable.ts";
import type { Terminal, Tone } from "./terminal.ts";

/** What one cell shows, whoever wrote it: nothing in it moves a terminal's cursor. */
export type Cell = string | { readonly text: string; readonly tone: Tone };

/**
 * Writes rows under a head as a table, or nothing where there are no rows. A column without a head holds remarks, and is
 * left out where no row has one.
 */
export async function writeTable(request: {
  terminal: Terminal;
  title?: string | undefined;
  head: readonly string[];
  rows: readonly (readonly Cell[])[];
}): Promise<void> {
  const { terminal, title, rows } = request;
  if (rows.length === 0) return;
  const isShown = (_: Cell, column: number): boolean => request.head[column] !== "" || rows.some((row) => (row[column] ?? "") !== "");
  const head = request.head.filter(isShown);
  // The library's own colours look at the process, not at the stream: they are off, and ours are put in.
  const table = new Table({
    head: head.map((text) => terminal.paint({ text: printable(text), tone: "strong" })),
    style: { head: [], border: [], compact: true },
  });
  const show = (cell: Cell): string => (typeof cell === "string" ? printable(cell) : terminal.paint({ ...cell, text: printable(cell.text) }));
  for (const row of rows) table.push(row.filter(isShown).map(show));
  if (title !== undefined) await terminal.output.writeLine(terminal.paint({ text: printable(title), tone: "strong" }));
  await terminal.output.writeLine(table.toString());
  await terminal.output.writeLine("");
}
