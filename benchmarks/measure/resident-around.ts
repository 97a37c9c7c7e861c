import type { MemorySample } from "../file/memory-sample.ts";
import { median } from "./median.ts";

/** The median of the samples before a point: a single one is wherever the collector happens to be. */
export function residentAround(request: { samples: readonly MemorySample[]; written: number; width: number }): number {
  const { samples, written, width } = request;
  const near = samples.filter((sample) => sample.written <= written && sample.written > written - width);
  return median(near.map(({ residentBytes }) => residentBytes));
}
