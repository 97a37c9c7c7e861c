import { KEY_KINDS } from "../keyring/key-kinds.ts";
import { LOCK_SCHEMA, type Lock } from "./lock.ts";

const DIGEST = /^[0-9a-f]{64}$/;
const KEY_ID = /^[A-Za-z0-9._:/-]{1,256}$/;

/** The lock that a text is; null for a text that is none. */
export function parseLock(text: string): Lock | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isRecord(value) || value["schema"] !== LOCK_SCHEMA) return null;
  const { purposes, notices, keys } = value;
  const isSound =
    isDigests(purposes) &&
    isDigests(notices) &&
    isRecord(keys) &&
    Object.entries(keys).every(
      ([kind, keyId]) => KEY_KINDS.some((known) => known === kind) && typeof keyId === "string" && KEY_ID.test(keyId),
    );
  return isSound ? { schema: LOCK_SCHEMA, purposes, notices, keys } : null;
}

function isDigests(value: unknown): value is Record<string, string> {
  return isRecord(value) && Object.values(value).every((digest) => typeof digest === "string" && DIGEST.test(digest));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
