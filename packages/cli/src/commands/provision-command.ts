import type { CommandContext } from "../command-context.ts";
import { EXIT_CODE, type ExitCode } from "../exit-code.ts";
import { withVolenti } from "../open-volenti.ts";
import { findDestination } from "../find-destination.ts";
import { UsageError } from "../usage-error.ts";

/** `volenti provision DESTINATION [--apply]`: what the system lacks, as a plan; applied only when asked. */
export function provisionCommand(request: {
  context: CommandContext;
  destination: string;
  apply: boolean;
}): Promise<ExitCode> {
  const { context, destination, apply } = request;
  return withVolenti({ context }, async ({ volenti }) => {
    const { provisioning } = findDestination({ volenti, id: destination });
    if (provisioning === undefined) {
      throw new UsageError({ code: "unsupported", sentence: "this destination cannot be provisioned from here: see its page in docs/connectors" });
    }
    const steps = apply ? await provisioning.apply() : await provisioning.plan();
    await writeSteps({ context, destination, apply, steps });
    return EXIT_CODE.delivered;
  });
}

async function writeSteps(request: {
  context: CommandContext;
  destination: string;
  apply: boolean;
  steps: readonly { id: string; title: string; statement?: string | undefined }[];
}): Promise<void> {
  const { context, destination, apply, steps } = request;
  const { output, paint } = context.terminal;
  if (context.json) {
    await output.writeLine(JSON.stringify({ destination, applied: apply, steps }));
    return;
  }
  if (steps.length === 0) {
    await output.writeLine(`${destination}: nothing is lacking`);
    return;
  }
  for (const { id, title, statement } of steps) {
    await output.writeLine(paint({ text: `${id}  ${title}`, tone: "strong" }));
    if (statement !== undefined && !apply) await output.writeLine(`${statement}\n`);
  }
  await output.writeLine(
    apply
      ? `${destination}: ${steps.length} applied`
      : `${destination}: ${steps.length} lacking; apply with: volenti provision ${destination} --apply`,
  );
}
