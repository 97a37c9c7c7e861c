import { spawnSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { publint } from "publint";
import { formatMessage } from "publint/utils";

/** What publint and are-the-types-wrong say of the packed package. Both read the tarball, not the folder. */
export async function lintTarball(tarballPath: string): Promise<readonly string[]> {
  const bytes = await readFile(tarballPath);
  const tarball = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  const { messages, pkg } = await publint({ strict: true, pack: { tarball } });
  const published = messages
    .filter(({ type }) => type !== "suggestion")
    .map((message) => `publint: ${formatMessage(message, pkg, { color: false }) ?? message.code}`);
  return [...published, ...checkTypes(tarballPath)];
}

function checkTypes(tarball: string): readonly string[] {
  const command = fileURLToPath(new URL("../../node_modules/@arethetypeswrong/cli/dist/index.js", import.meta.url));
  // The packages are modules only: resolution by `require` of old hosts is not promised.
  const settings = ["--profile", "esm-only", "--no-definitely-typed", "--format", "ascii", "--no-color", "--no-emoji"];
  const run = spawnSync(process.execPath, [command, tarball, ...settings], { encoding: "utf8" });
  return run.status === 0 ? [] : [`attw: ${run.stdout.trim()}${run.stderr.trim()}`];
}
