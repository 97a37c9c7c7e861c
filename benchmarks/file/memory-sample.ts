/** What the measured command tells of itself. */
export interface MemorySample {
  /** People acknowledged so far. */
  readonly written: number;
  readonly residentBytes: number;
  /** The most that the process held since it started. */
  readonly peakBytes: number;
  /** User and system, since the process started. */
  readonly cpuInMicroseconds: number;
}
