import type { CommandLineRequest } from "./command-line-request.ts";
import { createProgram } from "./program/create-program.ts";
import { EXIT_CODE, type ExitCode } from "./exit-code.ts";
import { reportFailure } from "./report-failure.ts";
import { createTerminal, type Terminal } from "./terminal/terminal.ts";

/**
 * Runs the `volenti` command once and answers its exit code; everything it opened is closed by then. Never rejects:
 * what goes wrong is told on standard error, in codes and without a value of anybody's. Not for two runs at once in
 * one process, since a configuration's relative paths count from its folder, which is made the working directory.
 */
export async function runCommandLine(request: CommandLineRequest): Promise<number> {
  const terminal = createTerminal(request);
  let code: ExitCode = EXIT_CODE.delivered;
  try {
    const program = createProgram({
      terminal,
      folder: request.cwd ?? process.cwd(),
      signals: request.signals ?? process,
      exit: request.exit ?? ((exitCode) => process.exit(exitCode)),
      finish: (exitCode) => {
        code = exitCode;
      },
    });
    await program.parseAsync([...request.arguments], { from: "user" });
  } catch (error) {
    code = reportFailure({ error, terminal });
  }
  return flushed({ terminal, code });
}

/** A result that nobody could read was not delivered to whoever asked for it. */
async function flushed(request: { terminal: Terminal; code: ExitCode }): Promise<ExitCode> {
  const { terminal, code } = request;
  try {
    await terminal.output.flush();
    return code;
  } catch (error) {
    return code === EXIT_CODE.delivered || code === EXIT_CODE.rejected ? reportFailure({ error, terminal }) : code;
  }
}
