import { resolve } from "node:path";
import { ConnectorError, type Volenti } from "@volenti/core";
import { createGovernance, type BreachPack } from "@volenti/governance";
import { listenForInterruption } from "../collect/interruption.ts";
import type { CommandContext } from "../command-context.ts";
import { EXIT_CODE, type ExitCode } from "../exit-code.ts";
import { findDestination } from "../find-destination.ts";
import { withVolenti } from "../open-volenti.ts";
import { readInstant } from "../read-instant.ts";
import { createPeopleFile } from "../records/people-file.ts";
import { writeBreachPack } from "../records/write-breach-pack.ts";
import { UsageError } from "../usage-error.ts";

const STOPPING = "stopping: no pack is made; a second signal ends at once";

export interface BreachOptions {
  readonly destination: string;
  readonly since: string;
  readonly until: string | undefined;
  readonly discoveredAt: string | undefined;
  /** Where the people go, a line each. */
  readonly out: string | undefined;
}

/** `volenti breach --destination D --since T`: what the first hours after a breach ask for. */
export function breachCommand(request: { context: CommandContext; options: BreachOptions }): Promise<ExitCode> {
  const { context, options } = request;
  const { terminal } = context;
  const window = readWindow(options);
  return withVolenti({ context }, async ({ volenti }) => {
    findDestination({ volenti, id: options.destination });
    const { until = volenti.clock.now() } = window;
    if (window.since > until) throw new UsageError({ code: "contradiction", sentence: "the breach ends before it begins: --since is later than --until, or than now" });
    const interruption = listenForInterruption({ ...context, onFirst: () => terminal.tell(STOPPING) });
    try {
      const pack = await assemble({ context, options, volenti, window, signal: interruption.signal });
      if (context.json) await terminal.output.writeLine(JSON.stringify(pack));
      else await writeBreachPack({ terminal, pack });
      return EXIT_CODE.delivered;
    } catch (error) {
      const code = interruption.exitCode();
      if (code !== null) return code;
      if (!ConnectorError.isInstance(error) || error.code !== "unsupported") throw error;
      return await tellUnsupported({ context, destinationId: options.destination });
    } finally {
      interruption.dispose();
    }
  });
}

interface Window {
  readonly since: number;
  readonly until: number | undefined;
  readonly discoveredAt: number | undefined;
}

function readWindow(options: BreachOptions): Window {
  const since = readInstant({ text: options.since, option: "--since" }) ?? 0;
  const until = readInstant({ text: options.until, option: "--until" });
  return { since, until, discoveredAt: readInstant({ text: options.discoveredAt, option: "--discovered-at" }) };
}

async function assemble(request: {
  context: CommandContext;
  options: BreachOptions;
  volenti: Volenti;
  window: Window;
  signal: AbortSignal;
}): Promise<BreachPack> {
  const { context, options, volenti, window, signal } = request;
  const breach = { destinationId: options.destination, ...window, signal };
  if (options.out === undefined) return createGovernance(volenti).breach(breach);
  const file = await createPeopleFile(resolve(context.folder, options.out));
  try {
    const pack = await createGovernance(volenti).breach({ ...breach, onPerson: (person) => file.writeLine(JSON.stringify(person)) });
    await file.close();
    return pack;
  } catch (error) {
    await file.discard();
    throw error;
  }
}

/** That nobody can say whom a destination holds is an answer, and no person is missing from a list for it. */
async function tellUnsupported(request: { context: CommandContext; destinationId: string }): Promise<ExitCode> {
  const { context, destinationId } = request;
  const { output } = context.terminal;
  await output.writeLine(
    context.json
      ? JSON.stringify({ destinationId, outcome: "unsupported", code: "cannotBeListed" })
      : "This destination cannot be listed, and no ledger that lists its people names them all: nobody can say from here whom it held.",
  );
  return EXIT_CODE.rejected;
}
