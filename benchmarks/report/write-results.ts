import { mkdir, writeFile } from "node:fs/promises";
import type { BenchmarkReport } from "../benchmark.ts";
import { describeMachine } from "./describe-machine.ts";
import { PEER_HEADINGS, peerRows } from "./peer-rows.ts";
import { HEADINGS, quantity, toCells } from "./to-table.ts";

const FOLDER = new URL("../results/", import.meta.url);

export interface NamedReport {
  readonly name: string;
  readonly report: BenchmarkReport;
}

/** Writes `results/latest.json` for machines, and `results/latest.md` for the README, over what was there. */
export async function writeResults(request: { reports: readonly NamedReport[]; isQuick: boolean }): Promise<void> {
  const { reports, isQuick } = request;
  const machine = describeMachine();
  const measuredAt = new Date().toISOString();
  await mkdir(FOLDER, { recursive: true });
  const results = { measuredAt, isQuick, machine, reports: reports.map(({ name, report }) => ({ name, ...report })) };
  await writeFile(new URL("latest.json", FOLDER), `${JSON.stringify(results, null, 2)}\n`);
  const size = `${machine.cores} × ${machine.model}, ${machine.memoryInGigabytes} GB, ${machine.platform}, Node ${machine.node}`;
  await writeFile(new URL("latest.md", FOLDER), `${measuredAt.slice(0, 10)}, ${size}\n\n${toMarkdown(reports)}`);
}

function toMarkdown(reports: readonly NamedReport[]): string {
  const figures = reports.flatMap(({ report }) => report.figures);
  const parts = reports.flatMap(({ name, report }) => report.breakdown.map((part) => [name, part.what, quantity(part)]));
  const peers = rows([[...PEER_HEADINGS], ...peerRows(figures)]);
  return `${peers}\n${rows([[...HEADINGS], ...figures.map(toCells)])}\n${rows([["benchmark", "where the time goes", "value"], ...parts])}`;
}

function rows(table: readonly (readonly string[])[]): string {
  const [head = [], ...body] = table.map((cells) => `| ${cells.join(" | ")} |\n`);
  return [head, `|${"---|".repeat(table[0]?.length ?? 0)}\n`, ...body].join("");
}
