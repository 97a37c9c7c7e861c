import type { SignalSource } from "../command-line-request.ts";
import { EXIT_CODE, type ExitCode } from "../exit-code.ts";

/** The wish to stop in good order. */
export interface Interruption {
  /** Aborted by the first SIGINT or SIGTERM, and when the run is over. */
  readonly signal: AbortSignal;
  /** 130 or 143 after a signal; null where none came. */
  readonly exitCode: () => ExitCode | null;
  /** Stops listening, and ends whatever still waits on the signal. */
  readonly dispose: () => void;
}

/** Listens for SIGINT and SIGTERM. The first asks to stop in good order, the second ends the process at once. */
export function listenForInterruption(request: {
  signals: SignalSource;
  exit: (code: number) => void;
  /** Called at the first: what is under way may take as long as a call. */
  onFirst: () => void;
}): Interruption {
  const { signals, exit, onFirst } = request;
  const controller = new AbortController();
  let exitCode: ExitCode | null = null;
  const listen = (code: ExitCode) => (): void => {
    if (exitCode !== null) {
      exit(code);
      return;
    }
    exitCode = code;
    onFirst();
    controller.abort();
  };
  const onInterrupt = listen(EXIT_CODE.interrupted);
  const onTerminate = listen(EXIT_CODE.terminated);
  signals.on("SIGINT", onInterrupt);
  signals.on("SIGTERM", onTerminate);
  return {
    signal: controller.signal,
    exitCode: () => exitCode,
    dispose: () => {
      // A wait that nobody needs any more would keep the process alive.
      controller.abort();
      signals.off("SIGINT", onInterrupt);
      signals.off("SIGTERM", onTerminate);
    },
  };
}
