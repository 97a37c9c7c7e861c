import { randomUUID } from "node:crypto";
import { basename, dirname } from "node:path";
import { pathToFileURL } from "node:url";
import { ConfigurationError, type VolentiConfiguration } from "@volenti/core";
import { findConfigurationFile } from "./find-configuration-file.ts";
import { readNoticeTexts } from "./read-notice-texts.ts";
import { RESOLVE_FROM, resolvesFrom } from "./resolve-from.ts";
import { toImportProblems } from "./to-import-problems.ts";

/** A configuration with the file that it came from. */
export interface LoadedConfiguration {
  /** As the file exports it, with the texts of the notices that name files. What it says is not checked yet: `createVolenti` does. */
  readonly configuration: VolentiConfiguration;
  /** Absolute path of the file. */
  readonly file: string;
  /** Absolute path of its folder, from which relative paths in it count. */
  readonly directory: string;
}

/**
 * Finds and runs a configuration file: TypeScript by Node's own type stripping. Each call runs it anew, so that what
 * an earlier caller closed is not handed out again. Rejects with a `ConfigurationError` (`configurationNotFound`,
 * `configurationInvalid` with the line at fault, `noticeFileMissing`, ...) that quotes nothing of the file.
 */
export async function loadConfiguration(request: {
  /** A path, relative to `directory` or absolute. Default: the first usual name in `directory`. */
  file?: string | undefined;
  directory: string;
}): Promise<LoadedConfiguration> {
  const file = await findConfigurationFile(request);
  const directory = dirname(file);
  const configuration = await importConfiguration(file);
  for (const part of [configuration.keys, configuration.erasureLog, ...valuesOf(configuration.destinations)]) {
    if (resolvesFrom(part)) part[RESOLVE_FROM](directory);
  }
  return { configuration: await readNoticeTexts({ configuration, directory }), file, directory };
}

async function importConfiguration(file: string): Promise<VolentiConfiguration> {
  const url = pathToFileURL(file);
  url.searchParams.set("load", randomUUID());
  let exported: unknown;
  try {
    ({ default: exported } = (await import(url.href)) as { default?: unknown });
  } catch (error) {
    // Connectors refuse their options with problems of their own, which say more.
    if (ConfigurationError.isInstance(error)) throw error;
    throw new ConfigurationError(toImportProblems({ error, file }));
  }
  if (typeof exported !== "object" || exported === null || Array.isArray(exported)) {
    throw new ConfigurationError([{ path: `${basename(file)} default`, code: "configurationInvalid" }]);
  }
  return exported as VolentiConfiguration;
}

function valuesOf(value: unknown): readonly unknown[] {
  return typeof value === "object" && value !== null ? Object.values(value) : [];
}
