import type { Volenti } from "@volenti/core";
import { createGovernance, type RewrapReport } from "@volenti/governance";
import { describeNotNeeded } from "../keys/write-rewrap-report.ts";
import type { Check } from "./check.ts";

/** Of each retired key-encryption key whether it is still needed, and by whom. Nothing is counted where none was ever rotated. */
export async function checkKeyNeeds(request: { volenti: Volenti; destinations: readonly Check[] }): Promise<readonly Check[]> {
  const { volenti, destinations } = request;
  const keys = (await volenti.keyring.describe()).filter(({ kind, status }) => kind === "keyEncryption" && status === "retired");
  if (keys.length === 0) return [];
  const unsound = destinations.filter(({ subject, status }) => status === "error" && volenti.destinations.get(subject)?.rewrapping !== undefined);
  // What is known not to answer would be waited for once more.
  const uncounted = new Set(unsound.map(({ subject }) => subject));
  const report = uncounted.size > 0 ? null : await createGovernance(volenti).rewrapKeys({ apply: false });
  for (const { destinationId, status } of report?.destinations ?? []) if (status === "failed") uncounted.add(destinationId);
  return keys.map(({ keyId }) => describeNeed({ keyId, report, uncounted }));
}

function describeNeed(request: { keyId: string; report: RewrapReport | null; uncounted: ReadonlySet<string> }): Check {
  const { keyId, report, uncounted } = request;
  if (report === null || uncounted.size > 0) {
    return { status: "warning", subject: "keys", code: "keyNeedUnknown", message: `${keyId} is retired; keep it: ${[...uncounted].join(", ")} could not say whether it is needed` };
  }
  if (report.notNeeded.includes(keyId)) return { status: "ok", subject: "keys", code: "keyNotNeeded", message: describeNotNeeded(keyId) };
  const uses = report.destinations.flatMap(({ destinationId, keys }) =>
    keys.filter((key) => key.keyId === keyId).map(({ dataKeys }) => `${dataKeys} data keys of ${destinationId}`),
  );
  const message = `${keyId} is retired and still needed, keep it: it wraps ${uses.join(", ")}; volenti keys --rewrap --apply wraps them under the active key`;
  return { status: "ok", subject: "keys", code: "keyNeeded", message };
}
