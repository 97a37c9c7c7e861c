import Table from "cli-table3";
import type { BenchmarkReport } from "../benchmark.ts";
import { PEER_HEADINGS, peerRows } from "./peer-rows.ts";

/** One table of ratios from one run, beside what one would use instead; empty where no peer was measured. */
export function toPeerTable(reports: readonly BenchmarkReport[]): string {
  const rows = peerRows(reports.flatMap(({ figures }) => figures));
  if (rows.length === 0) return "";
  const table = new Table({ head: [...PEER_HEADINGS], style: { head: [], border: [] }, wordWrap: true, colWidths: [18, 40, 24, 44, 9] });
  table.push(...rows.map((row) => [...row]));
  return `${table.toString()}\n`;
}
