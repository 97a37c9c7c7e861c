/** One thing that is measured; a run takes minutes, or with `isQuick` seconds, and is then a hint rather than a figure. */
export interface Benchmark {
  readonly name: string;
  run(settings: BenchmarkSettings): Promise<BenchmarkReport>;
}

export interface BenchmarkSettings {
  readonly isQuick: boolean;
  /** Says how far it has come, a line at a time. */
  readonly tell: (line: string) => void;
}

export interface BenchmarkReport {
  readonly figures: readonly Figure[];
  /** Where the time went: what to look at when a target is missed. */
  readonly breakdown: readonly Part[];
}

/** A figure and what it is held against. Medians over the rounds; a ratio is the median of the rounds' own ratios. */
export interface Figure {
  readonly name: string;
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  /** What was measured beside it in the same rounds; null where it stands alone. */
  readonly beside: { readonly what: string; readonly value: number; readonly unit: string } | null;
  /** The library that one would use instead, where what is beside it is one; such figures make the table of peers. */
  readonly peer?: string;
  /** The value to what is beside it, or to the target where nothing is. Null where there is neither. */
  readonly ratio: number | null;
  /** In words; null for a figure that is only told. */
  readonly target: string | null;
  /** Null where there is no target. */
  readonly met: boolean | null;
}

export interface Part {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
}
