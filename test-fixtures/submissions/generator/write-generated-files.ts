import { readFile, writeFile } from "node:fs/promises";

/**
 * Writes what a generator made. With `--check` on the command line it writes nothing, and fails where a file on disk
 * is not what the generator makes.
 */
export async function writeGeneratedFiles(files: readonly { url: URL; text: string }[]): Promise<void> {
  if (!process.argv.includes("--check")) {
    for (const { url, text } of files) await writeFile(url, text);
    return;
  }
  for (const { url, text } of files) {
    if ((await readFile(url, "utf8")) !== text) {
      process.stderr.write(`${url.pathname.split("/").at(-1) ?? ""} is not what its generator makes\n`);
      process.exitCode = 1;
    }
  }
}
