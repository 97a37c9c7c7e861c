import { randomUUID } from "node:crypto";
import { open, readFile, rename, rm, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import type { Clock } from "@volenti/core/adapter";

const HEARTBEAT_IN_MS = 5000;
const STALE_AFTER_IN_MS = 15_000;
const ATTEMPTS = 3;
// One length for all, so that a heartbeat leaves nothing of the one before; JSON knows blanks.
const RECORD_LENGTH = 512;

interface LockRecord {
  readonly token: string;
  readonly pid: number;
  readonly hostname: string;
  readonly heartbeatAt: number;
}

export interface EmbeddedLock {
  /** False once another process took the folder over, because this one was frozen for longer than a heartbeat may be late. */
  isHeld(): Promise<boolean>;
  release(): Promise<void>;
}

/**
 * Takes the folder for this process: two processes in one PGlite folder destroy it, and PGlite itself does not look
 * (electric-sql/pglite issue 1106). Null where another one holds it. A holder of this machine that is gone is
 * succeeded at once, any other once its heartbeat is 15 seconds old.
 */
export async function takeEmbeddedLock(request: { folder: string; clock: Clock }): Promise<EmbeddedLock | null> {
  const { folder, clock } = request;
  const path = join(folder, "volenti.lock");
  const token = randomUUID();
  const record = (): string => JSON.stringify({ token, pid: process.pid, hostname: hostname(), heartbeatAt: clock.now() }).padEnd(RECORD_LENGTH);
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    if (await createFile({ path, content: record() })) return holdLock({ path, token, record, clock });
    const holder = await readRecord(path);
    if (holder !== null && isAlive({ holder, now: clock.now() })) return null;
    await removeStale({ path, holder });
  }
  return null;
}

function holdLock(request: { path: string; token: string; record: () => string; clock: Clock }): EmbeddedLock {
  const { path, token, record, clock } = request;
  let beat: Promise<void> = Promise.resolve();
  let beatAt = clock.now();
  const owns = async (): Promise<boolean> => (await readRecord(path))?.token === token;
  const renew = async (): Promise<void> => {
    const startedAt = clock.now();
    // Into the very file that was read: a successor, who moves it aside and makes another, is never written over.
    const file = await open(path, "r+");
    try {
      if (toRecord(await file.readFile("utf8"))?.token !== token) return;
      await file.write(record(), 0);
    } finally {
      await file.close();
    }
    beatAt = startedAt;
  };
  const timer = setInterval(() => {
    beat = renew().catch(() => {});
  }, HEARTBEAT_IN_MS);
  timer.unref();
  return {
    // Nobody takes over what beat this lately, so that most calls need not look.
    isHeld: async () => Math.abs(clock.now() - beatAt) < 2 * HEARTBEAT_IN_MS || owns(),
    release: async () => {
      clearInterval(timer);
      await beat;
      if (await owns()) await rm(path, { force: true });
    },
  };
}

function isAlive(request: { holder: LockRecord; now: number }): boolean {
  const { holder, now } = request;
  if (holder.hostname === hostname() && !isRunning(holder.pid)) return false;
  return Math.abs(now - holder.heartbeatAt) < STALE_AFTER_IN_MS;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process may not be signalled, but is there.
    return (error as { code?: unknown }).code === "EPERM";
  }
}

/** Moves the stale file aside first: of two who find it stale, one moves it, and neither removes the other's new one. */
async function removeStale(request: { path: string; holder: LockRecord | null }): Promise<void> {
  const { path, holder } = request;
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
  } catch {
    return;
  }
  const moved = await readRecord(aside);
  if (moved !== null && moved.token !== holder?.token) await rename(aside, path);
  else await rm(aside, { force: true });
}

async function createFile(request: { path: string; content: string }): Promise<boolean> {
  try {
    await writeFile(request.path, request.content, { flag: "wx", mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as { code?: unknown }).code === "EEXIST") return false;
    throw error;
  }
}

/** Null where there is none, or one that a crash left half written. */
async function readRecord(path: string): Promise<LockRecord | null> {
  try {
    return toRecord(await readFile(path, "utf8"));
  } catch {
    return null;
  }
}

function toRecord(text: string): LockRecord | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as LockRecord) : null;
  } catch {
    return null;
  }
}
