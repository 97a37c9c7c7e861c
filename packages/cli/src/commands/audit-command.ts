import { createGovernance, type AuditEntry } from "@volenti/governance";
import type { CommandContext } from "../command-context.ts";
import { EXIT_CODE, type ExitCode } from "../exit-code.ts";
import { withVolenti } from "../open-volenti.ts";
import { namesPerson, readPerson, type PersonOptions } from "../person/person-options.ts";
import { readInstant } from "../read-instant.ts";
import { printable } from "../terminal/printable.ts";

export type AuditOptions = PersonOptions & { since?: string; until?: string };

type DestinationEntry = Extract<AuditEntry, { kind: "destination" }>;

/** `volenti audit`: who looked at whom, line by line as it is read. */
export function auditCommand(request: { context: CommandContext; options: AuditOptions }): Promise<ExitCode> {
  const { context, options } = request;
  const { terminal, json } = context;
  const [since, until] = [readInstant({ text: options.since, option: "--since" }), readInstant({ text: options.until, option: "--until" })];
  return withVolenti({ context }, async ({ volenti }) => {
    const identifier = namesPerson(options) ? await readPerson({ options, terminal, volenti }) : undefined;
    const ended: DestinationEntry[] = [];
    for await (const entry of createGovernance(volenti).audit({ identifier, since, until })) {
      if (entry.kind === "destination") ended.push(entry);
      await terminal.output.writeLine(json ? toJson(entry) : toLine(entry));
    }
    return toExitCode(ended);
  });
}

function toExitCode(ended: readonly DestinationEntry[]): ExitCode {
  if (ended.some(({ status }) => status === "unreachable")) return EXIT_CODE.undelivered;
  if (ended.some(({ status }) => status === "conflict" || status === "unlinked")) return EXIT_CODE.rejected;
  return ended.every(({ status }) => status === "noLog") ? EXIT_CODE.rejected : EXIT_CODE.delivered;
}

function toJson(entry: AuditEntry): string {
  if (entry.kind === "destination") return JSON.stringify(entry);
  const { kind, destinationId, access: { at, ...access } } = entry;
  return JSON.stringify({ kind, destinationId, at: new Date(at).toISOString(), ...access });
}

const ENDS: Readonly<Record<DestinationEntry["status"], string>> = {
  read: "read to the end",
  notFound: "holds nobody of that name",
  conflict: "several people match",
  unlinked: "holds somebody of that name who is not linked",
  unreachable: "could not be read to the end",
  noLog: "keeps no access log",
};

function toLine(entry: AuditEntry): string {
  if (entry.kind === "destination") {
    const { destinationId, status, code } = entry;
    return `${destinationId}: ${ENDS[status]}${code === null ? "" : ` (${code})`}`;
  }
  const { at, actor, operation, subjectRef, reason, recipient, attributes } = entry.access;
  const receiver = recipient === null ? "" : ` for ${recipient}`;
  return printable(`${new Date(at).toISOString()}  ${entry.destinationId}  ${actor}  ${operation}${receiver}  ${subjectRef}  (${reason})  ${attributes.join(", ")}`);
}
