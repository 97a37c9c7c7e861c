import { dirname, join, resolve } from "node:path";
import { ConfigurationError, createVolenti, type Volenti } from "@volenti/core";
import { compareLock, LOCK_FILE_NAME, loadConfiguration, readLock, toLockProblems, writeLock } from "@volenti/node";
import type { LoadedConfiguration, LockComparison } from "@volenti/node";
import type { CommandContext } from "./command-context.ts";
import { EXIT_CODE, type ExitCode } from "./exit-code.ts";
import { LockError } from "./lock-error.ts";
import { UsageError } from "./usage-error.ts";

/** A configuration that runs, and the lock file beside it. */
export interface OpenVolenti {
  readonly volenti: Volenti;
  /** Absolute path of the configuration's folder. */
  readonly directory: string;
  readonly compareLock: () => Promise<CheckedLock>;
  /**
   * Adds to the lock file what it lacks. Throws a `LockError` where something changed under its old version, and a
   * `UsageError` where the file cannot be written. To be called before the first decision is recorded under a version,
   * so that its meaning cannot change unnoticed.
   */
  readonly updateLock: () => Promise<void>;
}

export interface CheckedLock {
  readonly comparison: LockComparison;
  /** Whether there is a lock file. */
  readonly isWritten: boolean;
}

interface Place {
  /** Absolute path of the configuration that `--config` names. */
  readonly file: string | undefined;
  /** Absolute path of the caller's folder. */
  readonly folder: string;
}

/**
 * Loads the configuration, compares it with its lock file and closes every destination afterwards, whatever happens. The
 * lock is written where there is none, and what is new is added, once the command went through: a run that could not
 * do its work leaves no lock that forbids to put its configuration right. A command that records calls `updateLock`
 * itself, before it does.
 */
export function withVolenti(
  request: { context: CommandContext },
  use: (open: OpenVolenti) => Promise<ExitCode>,
): Promise<ExitCode> {
  return withUncheckedVolenti(request, async (open) => {
    const { comparison } = await open.compareLock();
    if (toLockProblems(comparison).length > 0) throw new LockError(comparison);
    const code = await use(open);
    if (code === EXIT_CODE.delivered || code === EXIT_CODE.rejected) await tryToUpdateLock({ ...request, open });
    return code;
  });
}

/** The same without a look at the lock file or the keys: for dry runs, and for those who report on both. */
export async function withUncheckedVolenti<Answer>(
  request: { context: CommandContext },
  use: (open: OpenVolenti) => Promise<Answer>,
): Promise<Answer> {
  const { folder, configurationFile } = request.context;
  const file = configurationFile === undefined ? undefined : resolve(folder, configurationFile);
  const back = process.cwd();
  enterFolder({ file, folder });
  try {
    const loaded = await load({ file, folder });
    const volenti = createVolenti(loaded.configuration);
    try {
      return await use(toOpenVolenti({ volenti, directory: loaded.directory }));
    } finally {
      await volenti.close();
    }
  } finally {
    process.chdir(back);
  }
}

/**
 * Relative paths in a configuration count from its own folder, whatever reads them: the process moves there, here and
 * nowhere else. FILE arguments are resolved against the caller's folder before.
 */
function enterFolder(place: Place): void {
  try {
    process.chdir(folderOf(place));
  } catch {
    throw notFound(place);
  }
}

async function load(place: Place): Promise<LoadedConfiguration> {
  try {
    return await loadConfiguration({ file: place.file, directory: folderOf(place) });
  } catch (error) {
    const isAbsent = ConfigurationError.isInstance(error) && error.problems.some(({ code }) => code === "configurationNotFound");
    throw isAbsent ? notFound(place) : error;
  }
}

function folderOf({ file, folder }: Place): string {
  return file === undefined ? folder : dirname(file);
}

/** What was typed behind `--config` is not repeated: it may have been meant for another option. */
function notFound({ file }: Place): ConfigurationError {
  return new ConfigurationError([{ path: file === undefined ? "volenti.config.mts" : "--config", code: "configurationNotFound" }]);
}

function toOpenVolenti(request: { volenti: Volenti; directory: string }): OpenVolenti {
  const { volenti, directory } = request;
  const path = join(directory, LOCK_FILE_NAME);
  const { catalogue } = volenti;
  const compare = async (): Promise<CheckedLock> => {
    const lock = await readLock({ path });
    const keys = await volenti.keyring.describe();
    return { comparison: compareLock({ lock, catalogue, keys }), isWritten: lock !== null };
  };
  return {
    volenti,
    directory,
    compareLock: compare,
    updateLock: async () => {
      const { comparison } = await compare();
      if (toLockProblems(comparison).length > 0) throw new LockError(comparison);
      const keys = await volenti.keyring.describe();
      await writeLock({ path, catalogue, keys }).catch(refuseUnwritable);
    },
  };
}

function refuseUnwritable(error: unknown): never {
  if (ConfigurationError.isInstance(error)) throw error;
  throw new UsageError({
    code: "lockUnwritable",
    sentence: "volenti.lock.json cannot be written here: run volenti lock where it can, and bring the file along",
  });
}

/** The work is done by now: that it cannot be locked is said, and is no failure of the work. */
async function tryToUpdateLock(request: { context: CommandContext; open: OpenVolenti }): Promise<void> {
  const { terminal } = request.context;
  try {
    await request.open.updateLock();
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    terminal.tell(`${terminal.paintMessage({ text: "warning", tone: "warning" })} ${error.message} (${error.code})`);
  }
}
