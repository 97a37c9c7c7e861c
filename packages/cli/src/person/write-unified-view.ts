import type { ConsentView, DestinationView, UnifiedView } from "@volenti/governance";
import type { Terminal } from "../terminal/terminal.ts";
import { tellUnlinked } from "./tell-unlinked.ts";
import { writeTable, type Cell } from "../terminal/write-table.ts";
import { printable } from "../terminal/printable.ts";

/** Shows one person as every destination holds them, merged, conflicts and gaps included. */
export async function writeUnifiedView(request: { terminal: Terminal; view: UnifiedView }): Promise<void> {
  const { terminal, view } = request;
  await writeTable({
    terminal,
    head: ["destination", "region", "status", "ref", "attributes"],
    rows: view.destinations.map((destination) => [
      destination.id,
      destination.region,
      toStatus(destination),
      destination.status === "found" ? destination.subjectRef : "",
      destination.status === "found" ? String(destination.profile?.length ?? 0) : "",
    ]),
  });
  await tellUnlinked({ terminal, destinationIds: view.destinations.filter(({ status }) => status === "unlinked").map(({ id }) => id) });
  if (!view.found) {
    await terminal.output.writeLine(view.complete ? "No destination holds this person." : "Not found where it could be read.");
    return;
  }
  await writeProfile(request);
  await writeConsents(request);
  await writeAccess(request);
  await writeCustody(request);
  if (!view.complete) await terminal.output.writeLine("Incomplete: some destination could not be read, or finds several people, or one who is not linked.");
}

function toStatus(destination: DestinationView): string {
  if (destination.status === "unreachable") return `unreachable (${destination.code})`;
  if (destination.status !== "conflict" && destination.status !== "unlinked") return destination.status;
  return `${destination.status}: ${destination.recordIds?.join(", ") ?? "see volenti link"}`;
}

/** Who has access, a sentence a line, so that it can be read to the person. */
async function writeAccess({ terminal, view }: { terminal: Terminal; view: UnifiedView }): Promise<void> {
  await terminal.output.writeLine(terminal.paint({ text: "Who has access", tone: "strong" }));
  for (const { sentence } of view.access) await terminal.output.writeLine(`- ${sentence}`);
  for (const { sentence } of view.heldWithoutPurpose) await terminal.output.writeLine(`- ${terminal.paint({ text: sentence, tone: "warning" })}`);
  if (view.access.length === 0) await terminal.output.writeLine("- No purpose permits anything.");
  if (view.accessLog === "none") await terminal.output.writeLine("- No ledger keeps an access log of this person: this look is not on record.");
  await terminal.output.writeLine("");
}

async function writeCustody({ terminal, view }: { terminal: Terminal; view: UnifiedView }): Promise<void> {
  await writeTable({
    terminal,
    title: "Holds",
    head: ["ledger", "hold", "scope", "law", "reason", "until", ""],
    rows: view.holds.map(({ destinationId, holdId, scope, law, reason, until, active }) => [
      destinationId, holdId, scope.join(", "), law, reason, until ?? "no end known", active ? "active" : "ended",
    ]),
  });
  for (const { destinationId, since, reason } of view.restrictions) {
    await terminal.output.writeLine(`Processing is restricted since ${since} (${destinationId}): ${printable(reason)}`);
  }
  if (view.mergedRefs.length > 0) await terminal.output.writeLine(`Merged into this person: ${view.mergedRefs.join(", ")}`);
}

async function writeProfile({ terminal, view }: { terminal: Terminal; view: UnifiedView }): Promise<void> {
  await writeTable({
    terminal,
    title: "Profile",
    head: ["attribute", "value", "changed", "held by", "", ""],
    rows: view.profile.flatMap(({ attribute, value: shown, conflict, values }) =>
      values.map(({ value, changedAt, dateOf, destinationIds }) => [
        attribute,
        printable(value),
        dateOf === "record" ? `${changedAt} (its record)` : changedAt,
        destinationIds.join(", "),
        conflict ? { text: "conflict", tone: "warning" } : "",
        conflict && value === shown ? "shown" : "",
      ]),
    ),
  });
}

async function writeConsents({ terminal, view }: { terminal: Terminal; view: UnifiedView }): Promise<void> {
  await writeTable({
    terminal,
    title: "Consents",
    head: ["purpose", "channel", "answer", "decision", "since", "notice", "collected at", ""],
    rows: view.consents.map(toConsentRow),
  });
  await terminal.output.writeLine(
    "unknown: nothing stands. An opt-in purpose then permits nothing; an opt-out or notice-only one permits until refused.",
  );
}

const TONES = { granted: "ok", refused: "error", unknown: "faint" } as const;

function toConsentRow({ purpose, channel, answer, decision, disagreement }: ConsentView): Cell[] {
  const notice = decision?.notice ?? null;
  return [
    purpose,
    channel,
    { text: answer, tone: TONES[answer] },
    decision === null ? "" : `${decision.status} (purpose version ${decision.purposeVersion})`,
    decision?.effectiveAt ?? "",
    notice === null ? "" : `${notice.id} ${notice.version} ${notice.locale}`,
    decision?.collectionPoint ?? "",
    disagreement ? { text: "destinations disagree", tone: "warning" } : "",
  ];
}
