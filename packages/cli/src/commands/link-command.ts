import { createGovernance, type LinkFinding, type LinkingReport } from "@volenti/governance";
import { listenForInterruption } from "../collect/interruption.ts";
import type { CommandContext } from "../command-context.ts";
import { EXIT_CODE, type ExitCode } from "../exit-code.ts";
import { findDestination } from "../find-destination.ts";
import { createLinkProgress } from "../link/link-progress.ts";
import { writeLinkingReport } from "../link/write-linking-report.ts";
import { withVolenti } from "../open-volenti.ts";
import { isMisconfiguration } from "../report-failure.ts";
import { UsageError } from "../usage-error.ts";

const STOPPING = "stopping: calls under way end first; a second signal ends at once";

export interface LinkOptions {
  readonly destination: string;
  readonly apply: boolean;
  /** Whether the records that are not linked are listed by their ids. */
  readonly list: boolean;
  /** Of customers whose record names no country. */
  readonly country: string | undefined;
}

/** `volenti link DESTINATION`: matches the customers who were there before; written only with `--apply`. */
export function linkCommand(request: { context: CommandContext; options: LinkOptions }): Promise<ExitCode> {
  const { context, options } = request;
  const { terminal } = context;
  return withVolenti({ context }, async ({ volenti }) => {
    refuseUnsupported(findDestination({ volenti, id: options.destination }));
    const country = options.country === undefined ? undefined : readCountry({ volenti, text: options.country });
    const interruption = listenForInterruption({ ...context, onFirst: () => terminal.tell(STOPPING) });
    const progress = createLinkProgress(terminal.progressStream);
    const listed: LinkFinding[] = [];
    try {
      const report = await createGovernance(volenti).link({
        destinationId: options.destination,
        apply: options.apply,
        country,
        ...(options.list ? { onFinding: (finding: LinkFinding) => void listed.push(finding) } : {}),
        onProgress: progress.update,
        signal: interruption.signal,
      });
      progress.stop();
      const answer = options.list ? { ...report, listed } : report;
      if (context.json) await terminal.output.writeLine(JSON.stringify(answer));
      else await writeLinkingReport({ terminal, report, listed });
      return interruption.exitCode() ?? toExitCode(report);
    } finally {
      progress.stop();
      interruption.dispose();
    }
  });
}

function refuseUnsupported({ linking }: { readonly linking?: object | undefined }): void {
  if (linking !== undefined) return;
  throw new UsageError({ code: "unsupported", sentence: "this destination has no customers of its own to link: see its page in docs/connectors" });
}

function readCountry(request: { volenti: { naming: { readCountry: (text: string) => string | null } }; text: string }): string {
  const country = request.volenti.naming.readCountry(request.text);
  if (country !== null) return country;
  throw new UsageError({ code: "unknownCountry", sentence: "--country takes an ISO 3166-1 alpha-2 code, such as FR" });
}

/** What a person has to settle first is not mended by running it again; what is left or failed may be. */
function toExitCode({ applied, outcome, code, counts }: LinkingReport): ExitCode {
  if (outcome === "stopped" && isMisconfiguration({ code: (code ?? "unavailable") as Parameters<typeof isMisconfiguration>[0]["code"] })) {
    return EXIT_CODE.misconfigured;
  }
  if (outcome !== "complete" || counts.failed > 0 || (applied && counts.toBeLinked > 0)) return EXIT_CODE.undelivered;
  return counts.ambiguous + counts.conflicting + counts.erased > 0 ? EXIT_CODE.rejected : EXIT_CODE.delivered;
}
