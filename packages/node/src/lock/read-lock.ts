import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { ConfigurationError } from "@volenti/core";
import { KEY_KINDS } from "../keyring/key-kinds.ts";
import { LOCK_SCHEMA, type Lock } from "./lock.ts";

const DIGEST = /^[0-9a-f]{64}$/;
const KEY_ID = /^[A-Za-z0-9._:/-]{1,256}$/;

/**
 * Reads a lock file; null where there is none. One that cannot be read as a lock (half-merged, edited, of a later
 * version) is a `ConfigurationError` `lockInvalid`: it is never taken for an absent one.
 */
export async function readLock(request: { path: string }): Promise<Lock | null> {
  let text: string;
  try {
    text = await readFile(request.path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
  const lock = parseLock(text);
  if (lock === null) throw new ConfigurationError([{ path: basename(request.path), code: "lockInvalid" }]);
  return lock;
}

function parseLock(text: string): Lock | null {
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
