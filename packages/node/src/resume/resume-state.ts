import { createHash } from "node:crypto";

/** How far a file was dealt with. */
export interface ResumeState {
  /** Bytes of the file that are dealt with: the end of a line. */
  readonly offset: number;
  /** Lines of the file that are dealt with, blank ones counted. */
  readonly line: number;
  /** What the caller counts, by its own names: outcomes, say. */
  readonly counts: Readonly<Record<string, number>>;
}

/** The state as it is kept: with the digest of the part of the file that it is about. */
export interface StoredResumeState extends ResumeState {
  /** SHA-256 of the file's first `offset` bytes, hexadecimal. */
  readonly prefixSha256: string;
}

export const RESUME_BEGINNING: ResumeState = { offset: 0, line: 0, counts: {} };

const RESUME_SCHEMA = "volenti-resume-1";
const DIGEST = /^[0-9a-f]{64}$/;
const COUNT_NAME = /^[A-Za-z][A-Za-z0-9]{0,63}$/;

export function writeResumeState(state: StoredResumeState): string {
  return `${JSON.stringify({ ...toMembers(state), stateSha256: digestOf(state) }, null, 2)}\n`;
}

/** Null for a text that is not a whole state, exactly as it was written: its own digest covers every member. */
export function readResumeState(text: string): StoredResumeState | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isRecord(value) || value["schema"] !== RESUME_SCHEMA) return null;
  const { offset, line, prefixSha256, counts, stateSha256 } = value;
  if (!isCount(offset) || !isCount(line) || !isCounts(counts)) return null;
  if (typeof prefixSha256 !== "string" || !DIGEST.test(prefixSha256)) return null;
  const state = { offset, line, prefixSha256, counts };
  return stateSha256 === digestOf(state) ? state : null;
}

function toMembers(state: StoredResumeState): Record<string, unknown> {
  const { offset, line, prefixSha256 } = state;
  const counts = Object.fromEntries(
    Object.entries(state.counts).toSorted(([left], [right]) => (left < right ? -1 : Number(left > right))),
  );
  return { schema: RESUME_SCHEMA, offset, line, prefixSha256, counts };
}

function digestOf(state: StoredResumeState): string {
  return createHash("sha256").update(JSON.stringify(toMembers(state))).digest("hex");
}

function isCounts(value: unknown): value is Record<string, number> {
  return isRecord(value) && Object.entries(value).every(([name, count]) => COUNT_NAME.test(name) && isCount(count));
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
