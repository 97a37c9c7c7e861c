import type { Command } from "commander";
import { Option } from "commander";
import type { Volenti } from "@volenti/core";
import { RIGHTS_VIA, type OpeningRequest, type RightsKindHandled, type RightsVia } from "@volenti/governance";
import type { Identifier } from "@volenti/core/adapter";
import type { PersonOptions } from "../person/person-options.ts";
import { readViewer } from "../person/viewer-options.ts";
import { readInstant } from "../read-instant.ts";
import { UsageError } from "../usage-error.ts";

/** What is told of a request when it is written down, as commander answers it. */
export interface RequestOptions extends PersonOptions {
  country?: string;
  via?: RightsVia;
  receivedAt?: string;
  purpose?: string;
  actor?: string;
  state?: string;
}

export function addRequestOptions(command: Command): Command {
  return command
    .option("--country <code>", "where the person lives, FR or with its subdivision US-CA; default: what decisions on record say")
    .addOption(new Option("--via <way>", "how it came in").choices(RIGHTS_VIA))
    .option("--received-at <instant>", "when it came in: a date, or an instant with its zone; default: now")
    .option("--actor <name>", "who answers it; default: the operating system's user")
    .option("--state <file>", "where no ledger keeps requests: the sealed file that does");
}

/** Adds `--purpose` to commands that may be about one alone. */
export function addPurposeOption(command: Command): Command {
  return command.option("--purpose <key>", "this purpose alone");
}

/** Throws a `UsageError` for what is no country or instant. */
export function toOpening(request: {
  options: RequestOptions;
  volenti: Pick<Volenti, "view">;
  kind: RightsKindHandled;
  identifier: Identifier;
  isLifted?: boolean | undefined;
}): OpeningRequest {
  const { options, volenti, kind, identifier, isLifted = false } = request;
  const { via, purpose } = options;
  return {
    kind,
    identifier,
    actor: readActor({ options, volenti }),
    ...readPlace(options.country),
    via,
    receivedAt: readInstant({ text: options.receivedAt, option: "--received-at" }),
    purpose,
    isLifted,
  };
}

/** The request itself is the reason that an access log is told. */
export function readActor(request: { options: { actor?: string }; volenti: Pick<Volenti, "view"> }): string {
  const { options, volenti } = request;
  return readViewer({ options: { ...(options.actor === undefined ? {} : { actor: options.actor }), reason: "rights request" }, volenti }).actor ?? "unknown";
}

function readPlace(text: string | undefined): { country?: string; subdivision?: string } {
  if (text === undefined) return {};
  if (!/^[A-Z]{2}(?:-[A-Z0-9]{1,3})?$/.test(text)) {
    throw new UsageError({ code: "malformedCountry", sentence: "--country takes two capital letters (ISO 3166-1), or with its subdivision (US-CA)" });
  }
  return text.length === 2 ? { country: text } : { country: text.slice(0, 2), subdivision: text };
}
