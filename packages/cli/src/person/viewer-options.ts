import { userInfo } from "node:os";
import type { Command } from "commander";
import type { Volenti } from "@volenti/core";
import type { GovernanceOptions } from "@volenti/governance";
import { UsageError } from "../usage-error.ts";

/** Who looks at a person, and why, as commander answers them. */
export interface ViewerOptions {
  actor?: string;
  reason?: string;
}

const MAXIMUM_LENGTH = 200;

/** Adds `--actor` and `--reason` to a command that reads a person. */
export function addViewerOptions(command: Command): Command {
  return command
    .option("--actor <name>", "who looks, for the access log; default: the operating system's user")
    .option("--reason <text>", "why, for the access log");
}

/** Throws a `UsageError` where the configuration wants a reason and none was given, and for a text that a log cannot hold. */
export function readViewer(request: { options: ViewerOptions; volenti: Pick<Volenti, "view"> }): GovernanceOptions {
  const { options, volenti } = request;
  const [actor, reason] = [options.actor ?? systemUser(), options.reason];
  for (const text of [actor, reason ?? ""]) {
    if (text.length > MAXIMUM_LENGTH || /\p{Cc}/u.test(text)) {
      throw new UsageError({ code: "invalidViewer", sentence: "--actor and --reason take a line of at most 200 characters" });
    }
  }
  if (volenti.view.reasonRequired && (reason ?? "").trim() === "") {
    throw new UsageError({ code: "reasonRequired", sentence: "the configuration wants a reason: --reason" });
  }
  return { actor: actor.trim() === "" ? "unknown" : actor, reason };
}

/** A container may run as a number that has no name. */
function systemUser(): string {
  try {
    return userInfo().username;
  } catch {
    return "unknown";
  }
}
