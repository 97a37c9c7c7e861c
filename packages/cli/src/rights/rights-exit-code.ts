import type { RightsAnswer, RightsProblemCode } from "@volenti/governance";
import { EXIT_CODE, type ExitCode } from "../exit-code.ts";

/** What another way of calling the command would mend. */
const MISUSES: ReadonlySet<RightsProblemCode> = new Set([
  "countryRequired",
  "noNotice",
  "personRequired",
  "purposeRequired",
  "reasonRequired",
  "unknownPurpose",
  "unknownReason",
  "valuesRequired",
]);

/** Of a command that answers a request: fulfilled, or denied or left to people, or to be run again, which wins. */
export function exitCodeOfRun({ request, problem }: RightsAnswer): ExitCode {
  if (problem !== null) return exitCodeOfProblem(problem);
  const targets = request?.targets ?? [];
  if (request?.state === "fulfilled") return targets.some(isHeld) ? EXIT_CODE.rejected : EXIT_CODE.delivered;
  if (request?.state === "in_progress" && targets.some(({ state }) => state === "waiting")) return EXIT_CODE.undelivered;
  return EXIT_CODE.rejected;
}

/** Of a command that changes how a request stands. */
export function exitCodeOfChange({ problem }: RightsAnswer): ExitCode {
  return problem === null ? EXIT_CODE.delivered : exitCodeOfProblem(problem);
}

function exitCodeOfProblem({ code }: { readonly code: RightsProblemCode }): ExitCode {
  if (code === "changedMeanwhile" || code === "notKept") return EXIT_CODE.undelivered;
  return MISUSES.has(code) ? EXIT_CODE.misconfigured : EXIT_CODE.rejected;
}

function isHeld({ law }: NonNullable<RightsAnswer["request"]>["targets"][number]): boolean {
  return law !== null;
}
