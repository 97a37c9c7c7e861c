/** The rejections that nobody handled while it watched. */
export interface RejectionWatch {
  /** Stops watching; answers the names of what was rejected, never their messages. */
  stop(): Promise<readonly string[]>;
}

const EVENT = "unhandledRejection";

/**
 * Watches for promises that are rejected and that nobody handles: in a server they end the process. Takes the place of
 * other listeners meanwhile, so that a test runner's does not end the run. Watches nothing where there is no process.
 */
export function watchRejections(): RejectionWatch {
  if (typeof process === "undefined" || typeof process.listeners !== "function") return { stop: async () => [] };
  const others = process.listeners(EVENT);
  const names: string[] = [];
  const listen = (reason: unknown): void => void names.push(reason instanceof Error ? reason.name : typeof reason);
  process.removeAllListeners(EVENT);
  process.on(EVENT, listen);
  return {
    stop: async () => {
      // The platform tells of them once the microtasks are done.
      await new Promise((resolve) => setTimeout(resolve, 0));
      process.off(EVENT, listen);
      for (const other of others) process.on(EVENT, other);
      return names;
    },
  };
}
