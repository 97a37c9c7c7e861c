import { createGovernance, type ErasureReport } from "@volenti/governance";
import type { CommandContext } from "../command-context.ts";
import { EXIT_CODE, type ExitCode } from "../exit-code.ts";
import { withVolenti } from "../open-volenti.ts";
import { namesPerson, readPerson, type PersonOptions } from "../person/person-options.ts";
import { writeErasureReport } from "../person/write-erasure-report.ts";
import { UsageError } from "../usage-error.ts";

/** `volenti erase --KIND VALUE|-` and `volenti erase --test`. */
export function eraseCommand(request: {
  context: CommandContext;
  options: PersonOptions & { readonly test?: boolean };
}): Promise<ExitCode> {
  const { context, options } = request;
  const { terminal } = context;
  if (options.test === true && namesPerson(options)) {
    throw new UsageError({ code: "contradiction", sentence: "--test erases every test person: it goes with no person's name" });
  }
  return withVolenti({ context }, async ({ volenti }) => {
    const governance = createGovernance(volenti);
    const report =
      options.test === true
        ? await governance.eraseTest()
        : await governance.erase({
            identifier: await readPerson({ options, terminal, volenti }),
            requestedAt: volenti.clock.now(),
          });
    if (context.json) await terminal.output.writeLine(JSON.stringify(report));
    else await writeErasureReport({ terminal, report });
    return toExitCode(report);
  });
}

/** What a human has to settle first (several matches, no way to erase from here) is not mended by running it again. */
function toExitCode({ outcome, destinations }: ErasureReport): ExitCode {
  if (outcome === "complete") return EXIT_CODE.delivered;
  const isWaiting = destinations.some(({ status }) => status === "failed" || status === "notAttempted");
  return isWaiting ? EXIT_CODE.undelivered : EXIT_CODE.rejected;
}
