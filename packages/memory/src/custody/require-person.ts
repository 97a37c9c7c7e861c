import { ConnectorError } from "@volenti/core/adapter";
import type { MemoryRecords } from "../transport/memory-records.ts";
import { CONNECTOR_ID } from "../transport/memory-session.ts";
import { isSomebody, rootOf } from "./who-is-who.ts";

/** Whom the ref names now; `invalidInput` where that is nobody. */
export function requirePerson(request: { records: MemoryRecords; subjectRef: string; operation: string }): string {
  const root = rootOf(request);
  if (isSomebody({ ...request, subjectRef: root })) return root;
  const { operation } = request;
  throw new ConnectorError({ code: "invalidInput", connectorId: CONNECTOR_ID, operation, fieldNames: ["subjectRef"] });
}
