import { cp, mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/** Why no adapter was made. */
export class NewAdapterError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "NewAdapterError";
  }
}

const SKELETON = join(import.meta.dirname, "skeleton");
/** What a package needs beside sources; taken from the reference adapter, so that it cannot fall behind. */
const COPIED = ["LICENSE"];
const NAME = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
const MAXIMUM_LENGTH = 40;

/** Makes `packages/NAME` under the root: the reference adapter's layout, with no implementation. Answers its files. */
export async function createAdapter(request: { root: string; name: string; repository: string }): Promise<readonly string[]> {
  const { root, name, repository } = request;
  if (!NAME.test(name) || name.length > MAXIMUM_LENGTH || name === "template") {
    throw new NewAdapterError("a name is in kebab-case, begins with a letter, has at most 40 letters, and is not `template`");
  }
  const folder = join(root, "packages", name);
  if (await exists(folder)) throw new NewAdapterError(`packages/${name} is there already`);
  const memory = join(repository, "packages/memory");
  const files = await listFiles(SKELETON);
  for (const file of files) {
    const text = await readFile(join(SKELETON, file), "utf8");
    await write({ path: join(folder, rename({ text: file, name })), text: rename({ text, name }) });
  }
  for (const file of COPIED) await cp(join(memory, file), join(folder, file));
  const manifest = await readFile(join(memory, "package.json"), "utf8");
  await write({ path: join(folder, "package.json"), text: adaptManifest({ manifest, name }) });
  const build = await readFile(join(memory, "tsup.config.ts"), "utf8");
  await write({ path: join(folder, "tsup.config.ts"), text: adaptBuild(build) });
  return [...files.map((file) => rename({ text: file, name })), ...COPIED, "package.json", "tsup.config.ts"].toSorted();
}

/** `template` in its four spellings: template, Template, TEMPLATE, and within file names. */
function rename(request: { text: string; name: string }): string {
  const { text, name } = request;
  const pascal = name.replace(/(?:^|-)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  return text
    .replaceAll("TEMPLATE", name.replaceAll("-", "_").toUpperCase())
    .replaceAll("Template", pascal)
    .replaceAll("template", name);
}

function adaptManifest(request: { manifest: string; name: string }): string {
  const manifest = JSON.parse(request.manifest) as Record<string, unknown>;
  const changed = { ...manifest, name: `@volenti/${request.name}`, version: "0.0.0", description: `The connector to ${request.name}` };
  return `${JSON.stringify(changed, null, 2)}\n`;
}

/** The reference adapter runs anywhere; the way to a real system is nearly always a module of Node. */
function adaptBuild(build: string): string {
  const adapted = build.replace('platform: "neutral"', 'platform: "node"');
  if (adapted === build) throw new NewAdapterError("packages/memory/tsup.config.ts names no platform that could be changed");
  return adapted;
}

async function write(request: { path: string; text: string }): Promise<void> {
  await mkdir(dirname(request.path), { recursive: true });
  await writeFile(request.path, request.text, { flag: "wx" });
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const prefix = folder.length + 1;
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name).slice(prefix)).toSorted();
}
