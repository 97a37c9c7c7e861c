import { isLockCurrent, toLockProblems } from "@volenti/node";
import type { CommandContext } from "../command-context.ts";
import { EXIT_CODE, type ExitCode } from "../exit-code.ts";
import { LockError } from "../lock-error.ts";
import { withUncheckedVolenti } from "../open-volenti.ts";

/** `volenti lock`: writes the digests of every purpose and notice version; a difference is refused. */
export function lockCommand(request: { context: CommandContext }): Promise<ExitCode> {
  const { context } = request;
  const { output } = context.terminal;
  return withUncheckedVolenti({ context }, async (open) => {
    const { comparison } = await open.compareLock();
    if (toLockProblems(comparison).length > 0) throw new LockError(comparison);
    await open.updateLock();
    const { added, newKeys } = comparison;
    if (context.json) {
      const names = added.map(({ kind, name, sha256 }) => ({ kind, name, sha256 }));
      await output.writeLine(JSON.stringify({ added: names, keys: newKeys }));
      return EXIT_CODE.delivered;
    }
    for (const { kind, name } of added) await output.writeLine(`added ${kind} ${name}`);
    for (const { kind, keyId } of newKeys) await output.writeLine(`named ${kind} key ${keyId}`);
    await output.writeLine(isLockCurrent(comparison) ? "the lock is up to date" : "wrote volenti.lock.json: commit it");
    return EXIT_CODE.delivered;
  });
}
