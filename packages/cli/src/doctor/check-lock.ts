import { toLockProblems } from "@volenti/node";
import { describeLockProblems } from "../lock-error.ts";
import type { OpenVolenti } from "../open-volenti.ts";
import type { Check } from "./check.ts";

/** Compares the configuration and the keyring with the lock file, and writes the file where there is none. */
export async function checkLock(open: OpenVolenti): Promise<readonly Check[]> {
  const { comparison, isWritten } = await open.compareLock();
  if (toLockProblems(comparison).length > 0) {
    return describeLockProblems(comparison).map(
      (message): Check => ({ status: "error", subject: "lock", code: "lockDiffers", message, kind: "misconfigured" }),
    );
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
