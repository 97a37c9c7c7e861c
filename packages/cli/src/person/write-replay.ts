import type { ReplayedErasure } from "@volenti/governance";
import { EXIT_CODE, type ExitCode } from "../exit-code.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { writeTable } from "../terminal/write-table.ts";

/** Nobody may be served yet who was to be erased: running it again helps, or a human has to. */
const SAFE: ReadonlySet<string> = new Set(["erased", "masked", "notFound", "newerStands"]);

/** Prints a line an erasure for programs, or for people what became of all and where it failed. Answers the exit code. */
export async function writeReplay(request: {
  terminal: Terminal;
  json: boolean;
  answers: AsyncIterable<ReplayedErasure>;
}): Promise<ExitCode> {
  const { terminal, json, answers } = request;
  const counts = new Map<string, number>();
  let [erasures, failed, unsettled] = [0, 0, 0];
  for await (const answer of answers) {
    erasures += 1;
    if (json) await terminal.output.writeLine(JSON.stringify(answer));
    for (const { id, status, code } of answer.destinations) {
      const key = [id, status, code ?? ""].join("\u0000");
      counts.set(key, (counts.get(key) ?? 0) + 1);
      if (status === "unsupported" || status === "kept") unsettled += 1;
      else if (!SAFE.has(status)) failed += 1;
    }
  }
  if (!json) {
    const rows = [...counts].map(([key, count]) => [...key.split("\u0000"), String(count)]);
    await writeTable({ terminal, head: ["destination", "status", "why", "erasures"], rows });
    await terminal.output.writeLine(toSentence({ erasures, failed, unsettled }));
  }
  if (failed > 0) return EXIT_CODE.undelivered;
  return unsettled > 0 ? EXIT_CODE.rejected : EXIT_CODE.delivered;
}

function toSentence(request: { erasures: number; failed: number; unsettled: number }): string {
  const { erasures, failed, unsettled } = request;
  if (failed > 0) return `Incomplete: ${erasures} erasures in the log; run it again before traffic opens.`;
  if (unsettled > 0) return `${erasures} erasures in the log; a destination cannot erase, or a hold of the restored store keeps somebody: settle it before traffic opens.`;
  return `${erasures} erasures in the log, all of them done again.`;
}
