import type { Volenti } from "@volenti/core";
import type { AccessV1 } from "@volenti/core/adapter";
import { failureCode } from "../support/failure-code.ts";
import { findPerson } from "../support/find-person.ts";
import { readIdentifier, type PersonRequest } from "../support/person-request.ts";

/** Whose accesses are listed, from when to when. */
export interface AuditRequest {
  /** Absent: everybody. */
  readonly identifier?: PersonRequest["identifier"] | undefined;
  /** Epoch milliseconds, included. */
  readonly since?: number | undefined;
  /** Epoch milliseconds, not included. */
  readonly until?: number | undefined;
}

/**
 * - `access`: one look at one person
 * - `destination`: a ledger was read to its end, or (`unreachable`, `conflict`, `unlinked`) was not, with what came before it
 */
export type AuditEntry =
  | { readonly kind: "access"; readonly destinationId: string; readonly access: AccessV1 }
  | { readonly kind: "destination"; readonly destinationId: string; readonly status: AuditStatus; readonly code: string | null };

/** `noLog`: the destination keeps no access log. */
export type AuditStatus = "read" | "notFound" | "conflict" | "unlinked" | "unreachable" | "noLog";

/** Who looked at whom, ledger by ledger, each in the order of time. Streams, and never rejects for what a ledger did. */
export async function* listAccesses(request: { volenti: Volenti; audit: AuditRequest }): AsyncGenerator<AuditEntry, void, undefined> {
  const { volenti, audit } = request;
  for (const { id, status, code, refs } of await toTargets({ volenti, audit })) {
    if (status !== "read") {
      yield { kind: "destination", destinationId: id, status, code };
      continue;
    }
    yield* readLog({ volenti, audit, id, refs });
  }
}

interface Target {
  readonly id: string;
  readonly status: AuditStatus;
  readonly code: string | null;
  /** Null: everybody's. */
  readonly refs: readonly string[] | null;
}

async function toTargets(request: { volenti: Volenti; audit: AuditRequest }): Promise<readonly Target[]> {
  const { volenti, audit } = request;
  if (audit.identifier === undefined) {
    return [...volenti.destinations].map(([id, { custody }]) => ({ id, status: custody === undefined ? "noLog" : "read", code: null, refs: null }));
  }
  const identifier = readIdentifier({ volenti, person: { identifier: audit.identifier }, operation: "audit" });
  const places = await findPerson({ volenti, identifier });
  return Promise.all(
    places.map(async ({ id, connector: { custody }, person }): Promise<Target> => {
      if (custody === undefined) return { id, status: "noLog", code: null, refs: null };
      if (person.status === "unreachable") return { id, status: "unreachable", code: person.code, refs: null };
      if (person.status !== "found") return { id, status: person.status, code: null, refs: null };
      const { subjectRef } = person;
      try {
        return { id, status: "read", code: null, refs: [subjectRef, ...(await custody.listMerged({ subjectRef }))] };
      } catch (error) {
        return { id, status: "unreachable", code: failureCode(error), refs: null };
      }
    }),
  );
}

async function* readLog(request: {
  volenti: Volenti;
  audit: AuditRequest;
  id: string;
  refs: readonly string[] | null;
}): AsyncGenerator<AuditEntry, void, undefined> {
  const { volenti, audit, id, refs } = request;
  const custody = volenti.destinations.get(id)?.custody;
  const { since, until } = audit;
  try {
    for (const subjectRef of refs ?? [undefined]) {
      for await (const access of custody?.listAccesses({ subjectRef, since, until }) ?? []) yield { kind: "access", destinationId: id, access };
    }
    yield { kind: "destination", destinationId: id, status: "read", code: null };
  } catch (error) {
    yield { kind: "destination", destinationId: id, status: "unreachable", code: failureCode(error) };
  }
}
