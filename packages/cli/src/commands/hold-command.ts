import { createGovernance, type Governance, type HoldsReport } from "@volenti/governance";
import type { Identifier } from "@volenti/core/adapter";
import type { CommandContext } from "../command-context.ts";
import { EXIT_CODE, type ExitCode } from "../exit-code.ts";
import { withVolenti } from "../open-volenti.ts";
import { readPerson, type PersonOptions } from "../person/person-options.ts";
import { readInstant } from "../read-instant.ts";
import { writeHolds } from "../rights/write-holds.ts";
import { UsageError } from "../usage-error.ts";

export type HoldOptions = PersonOptions & { law?: string; reason?: string; until?: string; scope?: string; lift?: string };

const ATTRIBUTE = /^(?:\*|[A-Za-z][A-Za-z0-9_]*(?:\.[A-Za-z][A-Za-z0-9_]*)*(?:\.\*)?)$/;

/** `volenti hold --KIND VALUE|-`: lists a person's holds; with `--law` and `--reason` sets one, with `--lift` ends one. */
export function holdCommand(request: { context: CommandContext; options: HoldOptions }): Promise<ExitCode> {
  const { context, options } = request;
  const { terminal, json } = context;
  const act = toAct(options);
  return withVolenti({ context }, async ({ volenti }) => {
    const identifier = await readPerson({ options, terminal, volenti });
    const report = await act({ holds: createGovernance(volenti).holds, identifier });
    if (json) await terminal.output.writeLine(JSON.stringify(report));
    else await writeHolds({ terminal, report, now: volenti.clock.now() });
    if (report.destinations.some(({ status }) => status === "unreachable")) return EXIT_CODE.undelivered;
    return report.problem === null ? EXIT_CODE.delivered : EXIT_CODE.rejected;
  });
}

type Act = (parts: { holds: Governance["holds"]; identifier: Identifier }) => Promise<HoldsReport>;

/** Throws a `UsageError` before anything is opened. */
function toAct({ law, reason, until, scope, lift }: HoldOptions): Act {
  const isSetting = [law, reason, until, scope].some((value) => value !== undefined);
  if (lift !== undefined) {
    if (isSetting) throw new UsageError({ code: "contradiction", sentence: "--lift ends a hold: it goes with no other" });
    return ({ holds, identifier }) => holds.lift({ identifier, holdId: lift });
  }
  if (!isSetting) return ({ holds, identifier }) => holds.list({ identifier });
  if (law === undefined || law.trim() === "" || reason === undefined || reason.trim() === "") {
    throw new UsageError({ code: "reasonRequired", sentence: "a hold names its law and its reason: --law, --reason" });
  }
  const patterns = (scope ?? "*").split(",").map((pattern) => pattern.trim());
  if (!patterns.every((pattern) => ATTRIBUTE.test(pattern))) {
    throw new UsageError({ code: "malformedScope", sentence: "--scope takes attributes with commas between: email,address.*" });
  }
  const end = readInstant({ text: until, option: "--until" }) ?? null;
  return ({ holds, identifier }) => holds.set({ identifier, law, reason, until: end, scope: patterns });
}
