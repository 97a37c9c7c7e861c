import { createGovernance, type UnifiedView } from "@volenti/governance";
import type { CommandContext } from "../command-context.ts";
import { EXIT_CODE, type ExitCode } from "../exit-code.ts";
import { withVolenti } from "../open-volenti.ts";
import { readPerson, type PersonOptions } from "../person/person-options.ts";
import { readViewer, type ViewerOptions } from "../person/viewer-options.ts";
import { writeUnifiedView } from "../person/write-unified-view.ts";

export type ShowOptions = PersonOptions & ViewerOptions & { locale?: string };

/** `volenti show --KIND VALUE|-`: one person over all destinations. */
export function showCommand(request: { context: CommandContext; options: ShowOptions }): Promise<ExitCode> {
  const { context, options } = request;
  const { terminal } = context;
  return withVolenti({ context }, async ({ volenti }) => {
    const viewer = readViewer({ options, volenti });
    const identifier = await readPerson({ options, terminal, volenti });
    const view = await createGovernance(volenti, viewer).show({ identifier, locale: options.locale });
    if (context.json) await terminal.output.writeLine(JSON.stringify(view));
    else await writeUnifiedView({ terminal, view });
    return toExitCode(view);
  });
}

/** Not found is an answer; a destination that could not be read is none. Several matches, and who is not linked, wait for a human. */
function toExitCode({ destinations }: UnifiedView): ExitCode {
  if (destinations.some(({ status }) => status === "unreachable")) return EXIT_CODE.undelivered;
  return destinations.some(({ status }) => status === "conflict" || status === "unlinked") ? EXIT_CODE.rejected : EXIT_CODE.delivered;
}
