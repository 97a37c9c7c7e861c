import { ConnectorError } from "@volenti/core";
import { listenForInterruption } from "../collect/interruption.ts";
import type { CommandContext } from "../command-context.ts";
import { EXIT_CODE, type ExitCode } from "../exit-code.ts";
import { findDestination } from "../find-destination.ts";
import { withVolenti } from "../open-volenti.ts";
import { writeTable } from "../terminal/write-table.ts";
import { UsageError } from "../usage-error.ts";

const STOPPING = "stopping: calls under way end first; a second signal ends at once";

/** `volenti reassert DESTINATION`: does what a destination planned for later and is due: refusals that are looked at once more. */
export function reassertCommand(request: { context: CommandContext; options: { readonly destination: string } }): Promise<ExitCode> {
  const { context, options: { destination } } = request;
  const { terminal } = context;
  return withVolenti({ context }, async ({ volenti }) => {
    const connector = findDestination({ volenti, id: destination });
    if (connector.settleFollowUps === undefined) {
      throw new UsageError({ code: "unsupported", sentence: "this destination plans nothing for later: see its page in docs/connectors" });
    }
    const interruption = listenForInterruption({ ...context, onFirst: () => terminal.tell(STOPPING) });
    try {
      const { done, failed } = await connector.settleFollowUps({ signal: interruption.signal });
      if (context.json) await terminal.output.writeLine(JSON.stringify({ destination, done, failed }));
      else await writeTable({ terminal, head: ["destination", "looked at again", "failed"], rows: [[destination, String(done), String(failed)]] });
      return failed > 0 ? EXIT_CODE.undelivered : EXIT_CODE.delivered;
    } catch (error) {
      const code = interruption.exitCode();
      if (code === null || ConnectorError.isInstance(error)) throw error;
      return code;
    } finally {
      interruption.dispose();
    }
  });
}
