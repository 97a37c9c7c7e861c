import { toRecipientText } from "@volenti/core";
import type { AgeBand } from "@volenti/core/adapter";
import { createGovernance, type ReleaseReport } from "@volenti/governance";
import type { CommandContext } from "../command-context.ts";
import { EXIT_CODE, type ExitCode } from "../exit-code.ts";
import { withVolenti } from "../open-volenti.ts";
import { readPerson, readPersonText, type PersonOptions } from "../person/person-options.ts";
import { readViewer, type ViewerOptions } from "../person/viewer-options.ts";
import { checkPurpose, readJurisdiction, readRecipient } from "../policy/policy-options.ts";
import { writeReleaseReport } from "../policy/write-release-report.ts";

export type ReleaseOptions = PersonOptions & ViewerOptions & { recipient: string; purpose?: string; jurisdiction?: string; ageBand?: AgeBand };

/** `volenti release --KIND VALUE|- --recipient R`: what a recipient may be given of one person now. */
export function releaseCommand(request: { context: CommandContext; options: ReleaseOptions }): Promise<ExitCode> {
  const { context, options } = request;
  const { terminal } = context;
  return withVolenti({ context }, async ({ volenti }) => {
    const viewer = readViewer({ options, volenti });
    const { purpose, ageBand } = options;
    const recipient = readRecipient({ text: options.recipient, policy: volenti.policy });
    checkPurpose({ purpose, policy: volenti.policy });
    const jurisdiction = readJurisdiction(options.jurisdiction);
    // What a till scans may be anything: that it is no token is not told.
    const identifier = recipient.kind === "till" ? await readPersonText({ options, terminal }) : await readPerson({ options, terminal, volenti });
    const report = await createGovernance(volenti, viewer).release({ identifier, recipient: toRecipientText(recipient), purpose, jurisdiction, ageBand });
    if (context.json) await terminal.output.writeLine(JSON.stringify(report));
    else await writeReleaseReport({ terminal, report });
    return toExitCode(report);
  });
}

function toExitCode({ given, complete }: ReleaseReport): ExitCode {
  if (!complete) return EXIT_CODE.undelivered;
  return given ? EXIT_CODE.delivered : EXIT_CODE.rejected;
}
