import { ConnectorError, type Volenti } from "@volenti/core";
import { toUuid, type AccessV1, type CustodyFacetV1 } from "@volenti/core/adapter";
import type { FoundPerson, PersonInDestination } from "../support/find-person.ts";
import type { Viewer } from "./viewer.ts";

/** Whether a look at a person is on record. `none`: no ledger that keeps an access log holds them. */
export type AccessLogging = "recorded" | "none";

export interface AccessRequest {
  readonly volenti: Volenti;
  readonly viewer: Viewer;
  /** Every destination that was asked for the person, those that were not reached included. */
  readonly places: readonly PersonInDestination[];
  /** What was done: `show`, `export`, `release`, … */
  readonly operation: string;
  /** Where the viewer gave none. */
  readonly defaultReason: string;
  /** Names of what was read, in any order; never values. */
  readonly attributes: readonly string[];
  /** To whom it goes; null where nobody but the viewer sees it. */
  readonly recipient: string | null;
}

/**
 * Writes a look at a person into every ledger that holds them: to be awaited before the answer leaves. Rejects with the
 * ledger's error where one of them did not take it, and with `unavailable` where no ledger did because one that may hold the
 * person could not be asked: the caller then answers nothing.
 */
export async function recordAccess(request: AccessRequest): Promise<AccessLogging> {
  const { volenti, places } = request;
  const keepers = places.flatMap(({ id, connector: { custody }, person }) => (custody === undefined ? [] : [{ id, custody, person }]));
  const refs = [...new Set(places.flatMap(({ person }) => (person.status === "found" ? [person.subjectRef] : [])))];
  if (refs.length === 0) return "none";
  const writes = keepers.map(({ id, custody, person }) => ({ id, custody, refs: refsIn({ person, refs }) })).filter((write) => write.refs.length > 0);
  if (writes.length === 0) {
    const unasked = keepers.find(({ person }) => person.status === "unreachable" && person.code !== "unsupported");
    if (unasked !== undefined) throw new ConnectorError({ code: "unavailable", connectorId: unasked.id, operation: "recordAccesses" });
    return "none";
  }
  const at = volenti.clock.now();
  await Promise.all(writes.map((write) => writeAccesses({ request, write, at })));
  return "recorded";
}

/** Where several people match, it is on record for those of them whom others hold. */
function refsIn(request: { person: FoundPerson; refs: readonly string[] }): readonly string[] {
  const { person, refs } = request;
  if (person.status === "found") return [person.subjectRef];
  return person.status === "conflict" ? refs : [];
}

async function writeAccesses(parts: {
  request: AccessRequest;
  write: { id: string; custody: CustodyFacetV1; refs: readonly string[] };
  at: number;
}): Promise<void> {
  const { request, write, at } = parts;
  const { volenti, viewer, operation, defaultReason, attributes, recipient } = request;
  const accesses = write.refs.map(
    (subjectRef): AccessV1 => ({
      accessId: toUuid(volenti.crypto.randomBytes(16)),
      at,
      subjectRef,
      operation,
      actor: viewer.actor,
      reason: viewer.reason ?? defaultReason,
      attributes: [...new Set(attributes)].toSorted(),
      recipient,
    }),
  );
  await volenti.naming.call({
    destinationId: write.id,
    operation: "recordAccesses",
    attempt: () => write.custody.recordAccesses({ accesses }),
  });
}
