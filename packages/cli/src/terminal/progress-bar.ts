import type { Writable } from "node:stream";
import { SingleBar } from "cli-progress";

/** How far a file has come. */
export interface ProgressBar {
  /** Bytes of the source that are behind us, and lines that have a result. */
  update(progress: { offset: number; lines: number }): void;
  /** Leaves the bar as it stands and the cursor visible. Safe to call twice. */
  stop(): void;
}

const SILENT: ProgressBar = { update: () => undefined, stop: () => undefined };

/** A bar where there is a terminal; nothing where there is none. Without a size it counts lines only. */
export function createProgressBar(request: {
  stream: Writable | null;
  sizeInBytes: number | null;
  startOffset: number;
}): ProgressBar {
  const { stream, sizeInBytes, startOffset } = request;
  if (stream === null) return SILENT;
  const bar = new SingleBar({
    stream,
    format:
      sizeInBytes === null ? "collecting {lines} lines, {duration_formatted}" : "collecting {bar} {percentage}% {lines} lines, {eta_formatted} to go",
    barCompleteChar: "█",
    barIncompleteChar: "░",
    hideCursor: true,
    fps: 10,
    // The library would take SIGINT and SIGTERM for itself.
    gracefulExit: false,
  });
  const total = Math.max(sizeInBytes ?? 1, 1);
  bar.start(total, sizeInBytes === null ? 0 : startOffset, { lines: 0 });
  let isStopped = false;
  return {
    update: ({ offset, lines }) => bar.update(sizeInBytes === null ? 0 : Math.min(offset, total), { lines }),
    stop: () => {
      if (!isStopped) bar.stop();
      isStopped = true;
    },
  };
}
