import { createGovernance, type RightsKindHandled } from "@volenti/governance";
import type { CommandContext } from "../command-context.ts";
import type { ExitCode } from "../exit-code.ts";
import { withVolenti } from "../open-volenti.ts";
import { readPerson } from "../person/person-options.ts";
import { readPatch, type PatchOptions } from "../rights/read-patch.ts";
import { toOpening, type RequestOptions } from "../rights/request-options.ts";
import { exitCodeOfRun } from "../rights/rights-exit-code.ts";
import { keepAnswer, readStateFile } from "../rights/state-file.ts";
import { writeRightsAnswer } from "../rights/write-rights-answer.ts";
import { UsageError } from "../usage-error.ts";

export type RightsOptions = RequestOptions & PatchOptions & { lift?: boolean };

/**
 * `volenti rectify|restrict|object|withdraw|optout|limit --KIND VALUE|-`: opens a request and answers it, or goes on with
 * the one that is open. A file of `--state` that holds a request is gone on with.
 */
export function rightsCommand(request: { context: CommandContext; kind: RightsKindHandled; options: RightsOptions }): Promise<ExitCode> {
  const { context, kind, options } = request;
  const { terminal } = context;
  return withVolenti({ context }, async ({ volenti, updateLock }) => {
    if (options.file === "-" && [options.email, options.phone, options.loyaltyId, options.token, options.externalId].includes("-")) {
      throw new UsageError({ code: "contradiction", sentence: "standard input holds the person or the values: not both" });
    }
    const identifier = await readPerson({ options, terminal, volenti });
    const profile = await readPatch({ context, options });
    const { rights } = createGovernance(volenti);
    const opening = toOpening({ options, volenti, kind, identifier, isLifted: options.lift });
    const { actor } = opening;
    const standing = options.state === undefined ? null : await readStateFile({ context, rights, file: options.state, kind });
    await updateLock();
    const answer = standing === null ? await rights.ask({ ...opening, profile }) : await rights.run({ rightsRequest: standing, actor, identifier, profile });
    await keepAnswer({ context, rights, file: options.state, answer });
    await writeRightsAnswer({ context, answer });
    return exitCodeOfRun(answer);
  });
}
