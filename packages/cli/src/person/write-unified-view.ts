import type { ConsentView, UnifiedView } from "@volenti/governance";
import type { Terminal } from "../terminal/terminal.ts";
import { writeTable } from "../terminal/write-table.ts";
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
      destination.status === "unreachable" ? `unreachable (${destination.code})` : destination.status,
      destination.status === "found" ? destination.subjectRef : "",
      destination.status === "found" ? String(destination.profile?.length ?? 0) : "",
    ]),
  });
  if (!view.found) {
    await terminal.output.writeLine(view.complete ? "No destination holds this person." : "Not found where it could be read.");
    return;
  }
  await writeProfile(request);
  await writeConsents(request);
  if (!view.complete) await terminal.output.writeLine("Incomplete: some destination could not be read, or finds several people.");
}

async function writeProfile({ terminal, view }: { terminal: Terminal; view: UnifiedView }): Promise<void> {
  await writeTable({
    terminal,
    title: "Profile",
    head: ["attribute", "value", "changed", "held by", ""],
    rows: view.profile.flatMap(({ attribute, conflict, values }) =>
      values.map(({ value, changedAt, destinationIds }) => [
        attribute,
        printable(value),
        changedAt,
        destinationIds.join(", "),
        conflict ? terminal.paint({ text: "conflict", tone: "warning" }) : "",
      ]),
    ),
  });
}

async function writeConsents({ terminal, view }: { terminal: Terminal; view: UnifiedView }): Promise<void> {
  await writeTable({
    terminal,
    title: "Consents",
    head: ["purpose", "channel", "answer", "decision", "since", "notice", "collected at", ""],
    rows: view.consents.map((consent) => toConsentRow({ terminal, consent })),
  });
  await terminal.output.writeLine(
    "unknown: nothing stands. An opt-in purpose then permits nothing; an opt-out or notice-only one permits until refused.",
  );
}

const TONES = { granted: "ok", refused: "error", unknown: "faint" } as const;

function toConsentRow(request: { terminal: Terminal; consent: ConsentView }): string[] {
  const { terminal, consent } = request;
  const { purpose, channel, answer, decision, disagreement } = consent;
  const notice = decision?.notice ?? null;
  return [
    purpose,
    channel,
    terminal.paint({ text: answer, tone: TONES[answer] }),
    decision === null ? "" : `${decision.status} (purpose version ${decision.purposeVersion})`,
    decision?.effectiveAt ?? "",
    notice === null ? "" : `${notice.id} ${notice.version} ${notice.locale}`,
    printable(decision?.collectionPoint ?? ""),
    disagreement ? terminal.paint({ text: "destinations disagree", tone: "warning" }) : "",
  ];
}
