import Table from "cli-table3";
import type { BenchmarkReport, Figure } from "../benchmark.ts";

export const HEADINGS = ["figure", "what", "value", "beside", "ratio", "target", "met"] as const;

/** The figures as people read them, then where the time went. */
export function toTable(reports: readonly BenchmarkReport[]): string {
  const plain = { style: { head: [], border: [] } };
  const figures = new Table({ head: [...HEADINGS], ...plain, wordWrap: true, colWidths: [24, 34, 24, 34, 10, 28, 6] });
  figures.push(...reports.flatMap((report) => report.figures).map((figure) => [...toCells(figure)]));
  const parts = new Table({ head: ["where the time goes", "value"], ...plain });
  parts.push(...reports.flatMap((report) => report.breakdown).map(({ what, value, unit }) => [what, quantity({ value, unit })]));
  return `${figures.toString()}\n${parts.toString()}\n`;
}

/** In the order of {@link HEADINGS}. */
export function toCells(figure: Figure): readonly string[] {
  const { name, what, beside, ratio, target, met } = figure;
  return [
    name,
    what,
    quantity(figure),
    beside === null ? "" : `${beside.what}: ${quantity(beside)}`,
    ratio === null ? "" : ratio.toPrecision(3),
    target ?? "",
    met === null ? "" : met ? "yes" : "no",
  ];
}

export function quantity(request: { value: number; unit: string }): string {
  const { value, unit } = request;
  const digits = Math.abs(value) < 1000 ? { maximumSignificantDigits: 3 } : { maximumFractionDigits: 0 };
  return `${value.toLocaleString("en", digits)} ${unit}`;
}
