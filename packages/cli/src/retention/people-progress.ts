import type { Writable } from "node:stream";
import { SingleBar } from "cli-progress";

/** How many people were looked at: a count, since no system says how many it holds. */
export function createPeopleProgress(stream: Writable | null): { update: (people: number) => void; stop: () => void } {
  if (stream === null) return { update: () => undefined, stop: () => undefined };
  const bar = new SingleBar({
    stream,
    format: "{people} people, {duration_formatted}",
    hideCursor: true,
    fps: 10,
    // The library would take SIGINT and SIGTERM for itself.
    gracefulExit: false,
  });
  bar.start(1, 0, { people: 0 });
  let isStopped = false;
  return {
    update: (people) => bar.update(0, { people }),
    stop: () => {
      if (!isStopped) bar.stop();
      isStopped = true;
    },
  };
}
