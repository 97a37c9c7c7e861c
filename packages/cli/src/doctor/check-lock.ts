import { toLockProblems } from "@volenti/node";
import { describeLockProblems } from "../lock-error.ts";
import type { OpenVolenti } from "../open-volenti.ts";
import type { Check } from "./check.ts";

/** Compares the configuration and the keyring with the lock file; writes the file where there is none and nothing else is wrong. */
export async function checkLock(request: { open: OpenVolenti; isElseSound: boolean }): Promise<readonly Check[]> {
  const { open, isElseSound } = request;
  const { comparison, isWritten } = await open.compareLock();
  if (toLockProblems(comparison).length > 0) {
    return describeLockProblems(comparison).map(
      (message): Check => ({ status: "error", subject: "lock", code: "lockDiffers", message, kind: "misconfigured" }),
    );
  }
  if (!isWritten && !isElseSound) {
    return [{ status: "warning", subject: "lock", code: "lockAbsent", message: "not there yet: written once nothing has to be put right" }];
  }
  if (!isWritten) {
    await open.updateLock();
    return [{ status: "ok", subject: "lock", code: "lockWritten", message: "wrote volenti.lock.json: commit it" }];
  }
  const count = comparison.added.length + comparison.newKeys.length;
  if (count === 0) return [{ status: "ok", subject: "lock", code: "lockCurrent", message: "agrees with the configuration" }];
  return [
    { status: "warning", subject: "lock", code: "lockBehind", message: `lacks ${count} new versions or keys: run volenti lock` },
  ];
}
