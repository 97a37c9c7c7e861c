import type { RewrapReport } from "@volenti/governance";
import type { Terminal } from "../terminal/terminal.ts";
import { writeTable } from "../terminal/write-table.ts";

/** Shows how many data keys each key wraps, what was wrapped anew, and which keys may leave the keyring. */
export async function writeRewrapReport(request: { terminal: Terminal; report: RewrapReport }): Promise<void> {
  const { terminal, report } = request;
  const { destinations, applied } = report;
  const done = ["wrapped anew", "damaged", "left"];
  await writeTable({
    terminal,
    head: ["destination", "key", "status", "data keys", ...(applied ? done : [])],
    rows: destinations.flatMap(({ destinationId, keys }) =>
      keys.map(({ keyId, status, dataKeys, rewrapped, unreadable, left }) => [
        destinationId,
        keyId,
        status,
        String(dataKeys),
        ...(applied ? [String(rewrapped), String(unreadable), left === null ? "unknown" : String(left)] : []),
      ]),
    ),
  });
  for (const { destinationId, status, code } of destinations) {
    if (status === "failed") await terminal.output.writeLine(terminal.paint({ text: `${destinationId}: failed (${code ?? "unknown"})`, tone: "error" }));
  }
  for (const keyId of report.notNeeded) await terminal.output.writeLine(describeNotNeeded(keyId));
  await terminal.output.writeLine(toSentence(report));
}

/** What an administrator has to know before a key-encryption key is taken away. */
export function describeNotNeeded(keyId: string): string {
  return `${keyId} wraps no data key any more: it may leave the keyring once every process from before the rotation was started again, and no backup from before is kept`;
}

function toSentence({ outcome, applied, destinations }: RewrapReport): string {
  const keys = destinations.flatMap((destination) => destination.keys);
  if (outcome === "interrupted") return "Interrupted: run it again, what is done is passed over.";
  if (destinations.length === 0) return "No destination keeps data keys.";
  if (destinations.some(({ status }) => status === "failed")) return "Incomplete: a destination failed; run it again.";
  if (keys.some(({ status }) => status === "missing")) return "Incomplete: a key that is missing from the keyring wraps data keys; bring it back.";
  if (outcome === "complete") return applied || keys.every(isUnderActive) ? "Every data key is under the active key." : "Nothing was changed; do it with: volenti keys --rewrap --apply";
  return "Incomplete: damaged data keys stay as they are; what else is left is done by running it again, once every process from before the rotation was started again.";
}

function isUnderActive({ status }: { readonly status: string }): boolean {
  return status === "active";
}
