import type { Terminal } from "../terminal/terminal.ts";

/** Says of destinations that hold somebody who bears no ref of ours what is to be done first; nothing where there are none. */
export async function tellUnlinked(request: { terminal: Terminal; destinationIds: readonly string[] }): Promise<void> {
  for (const id of request.destinationIds) {
    await request.terminal.output.writeLine(`${id} holds somebody of that identifier who is not linked. First volenti link ${id} --apply, then this again.`);
  }
}
