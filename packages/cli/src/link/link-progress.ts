import type { Writable } from "node:stream";
import type { LinkProgress } from "@volenti/governance";
import { SingleBar } from "cli-progress";

/** How far a matching has come: a count, since no system says how many customers it holds. */
export function createLinkProgress(stream: Writable | null): { update: (progress: LinkProgress) => void; stop: () => void } {
  if (stream === null) return { update: () => undefined, stop: () => undefined };
  const bar = new SingleBar({
    stream,
    format: "{phase} {customers} customers, {duration_formatted}",
    hideCursor: true,
    fps: 10,
    // The library would take SIGINT and SIGTERM for itself.
    gracefulExit: false,
  });
  bar.start(1, 0, { phase: "matching", customers: 0 });
  let isStopped = false;
  return {
    update: ({ phase, customers }) => bar.update(0, { phase, customers }),
    stop: () => {
      if (!isStopped) bar.stop();
      isStopped = true;
    },
  };
}
