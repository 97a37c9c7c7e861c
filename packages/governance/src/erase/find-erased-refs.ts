import type { ErasureLog, Volenti } from "@volenti/core";
import { canonicalise, toHexadecimal, toUtf8, type Identifier } from "@volenti/core/adapter";

/**
 * The refs of erasures of an identifier that a log has on record, by the keyed digests that ledgers wrote there: for the keyring
 * that made them alone. Walks the whole log. Rejects where the log cannot be read.
 */
export async function findErasedRefs(request: {
  volenti: Pick<Volenti, "controller" | "keyring">;
  identifier: Identifier;
  log: ErasureLog;
}): Promise<ReadonlySet<string>> {
  const { identifier, log } = request;
  const digests = await digestByEachKey(request);
  const refs = new Set<string>();
  for await (const entry of log.read()) {
    if (entry.kind !== "erasure") continue;
    const isOfIdentifier = entry.places.some(({ suppressions }) => suppressions.some(({ kind, digest }) => kind === identifier.kind && digests.has(digest)));
    if (isOfIdentifier) for (const { subjectRefs } of entry.places) for (const ref of subjectRefs) refs.add(ref);
  }
  return refs;
}

/** An erasure from before a rotation was written down by the key of then. */
async function digestByEachKey(request: { volenti: Pick<Volenti, "controller" | "keyring">; identifier: Identifier }): Promise<ReadonlySet<string>> {
  const { volenti: { controller, keyring }, identifier: { kind, value } } = request;
  const messages = [toUtf8(canonicalise([controller.id, kind, value]))];
  const { keyId, macs } = await keyring.mac({ use: "suppression", messages });
  const others = (await keyring.describe()).filter((key) => key.kind === "suppression" && key.keyId !== keyId);
  const older = await Promise.all(others.map(async (key) => (await keyring.mac({ use: "suppression", keyId: key.keyId, messages })).macs));
  return new Set([macs, ...older].flat().map((mac) => toHexadecimal(mac)));
}
