import type { Volenti } from "@volenti/core";
import { canonicalise, toHexadecimal, toUtf8, type JsonValue } from "@volenti/core/adapter";
import type { ImportedSubmission } from "./plan-row.ts";

/**
 * Gives each submission an id by what it says, the time of the run left out: the same row is the same submission, a changed
 * one is another. A keyed digest, since ids outlive an erasure and rows can be guessed. UUID version 8 (RFC 9562).
 */
export async function nameSubmissions(request: {
  volenti: Pick<Volenti, "keyring" | "controller">;
  submissions: readonly ImportedSubmission[];
}): Promise<readonly (ImportedSubmission & { readonly submissionId: string })[]> {
  const { volenti, submissions } = request;
  if (submissions.length === 0) return [];
  const messages = submissions.map((submission) => toUtf8(canonicalise(["volenti-import-1", volenti.controller.id, contentOf(submission)])));
  const { macs } = await volenti.keyring.mac({ use: "submission", messages });
  return submissions.map((submission, index) => ({ submissionId: toUuid(macs[index] ?? new Uint8Array(16)), ...submission }));
}

function contentOf(submission: ImportedSubmission): JsonValue {
  const { occurredAt, receivedAt, ...content } = submission;
  return JSON.parse(JSON.stringify(receivedAt === undefined ? { occurredAt, ...content } : content)) as JsonValue;
}

function toUuid(digest: Uint8Array): string {
  const text = toHexadecimal(digest.subarray(0, 16));
  const variant = "89ab".charAt(((digest[8] ?? 0) >> 4) & 0x3);
  return `${text.slice(0, 8)}-${text.slice(8, 12)}-8${text.slice(13, 16)}-${variant}${text.slice(17, 20)}-${text.slice(20)}`;
}
