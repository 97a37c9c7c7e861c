import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openRepository } from "../repository.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const BUMPS = ["patch", "minor", "major"] as const;
type Bump = (typeof BUMPS)[number];

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

interface Changeset {
  readonly bumps: ReadonlyMap<string, Bump>;
  readonly text: string;
}

let folder = "";
beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "volenti-versions-")));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("npm run version-packages, with the changesets that are committed", () => {
  let copy = "";
  const changesets = readdirSync(join(root, ".changeset")).filter((name) => name.endsWith(".md") && name !== "README.md").map((name) => readChangeset(readFileSync(join(root, ".changeset", name), "utf8")));
  beforeAll(() => {
    copy = copyRepository("committed");
    raiseVersions(copy);
  });

  const askedFor = (name: string): Bump | undefined => BUMPS.findLast((bump) => changesets.some(({ bumps }) => bumps.get(name) === bump));

  test("each package has the next version that its changesets ask for, or at least a patch where what it needs left its range", () => {
    for (const { name, version, dependencies = {} } of publicManifests(root)) {
      const isLeft = Object.keys(dependencies).some((needed) => !["patch", undefined].includes(askedFor(needed)));
      const asked = askedFor(name) ?? (isLeft ? "patch" : undefined);
      expect({ name, version: manifestOf({ at: copy, name }).version }).toEqual({ name, version: asked === undefined ? version : raise({ version, bump: asked }) });
    }
  });

  test("each changeset is told once in the changelog of every package that it names, under the new version", () => {
    for (const { bumps, text } of changesets) {
      for (const name of bumps.keys()) {
        const { version } = manifestOf({ at: copy, name });
        const newest = readChangelog({ at: copy, name }).split(/^(?=## )/m).find((part) => part.startsWith(`## ${version}\n`)) ?? "";
        expect(newest.split(text.split("\n")[0] ?? "")).toHaveLength(2);
      }
    }
  });

  test("no changeset is left, and none was in vain", () => {
    expect(readdirSync(join(copy, ".changeset")).toSorted()).toEqual(["README.md", "config.json"]);
  });

  test("packages ask for each other's new versions, and the lockfile says the same", () => {
    const lockfile = JSON.parse(readFileSync(join(copy, "package-lock.json"), "utf8")) as { packages: Record<string, Manifest> };
    for (const { name } of publicManifests(root)) {
      const manifest = manifestOf({ at: copy, name });
      const { version, dependencies = {}, devDependencies = {} } = manifest;
      for (const [needed, range] of Object.entries({ ...dependencies, ...devDependencies })) {
        if (!needed.startsWith("@volenti/") || range === "*") continue;
        expect({ name, needed, range }).toEqual({ name, needed, range: `^${manifestOf({ at: copy, name: needed }).version}` });
      }
      expect(lockfile.packages[folderOf(name)]).toMatchObject({ version, dependencies });
    }
  });
});

test("a patch of one package raises that one alone", () => {
  const copy = copyRepository("planted");
  for (const name of readdirSync(join(copy, ".changeset"))) if (name !== "config.json") rmSync(join(copy, ".changeset", name));
  writeFileSync(join(copy, ".changeset/planted.md"), '---\n"@volenti/core": patch\n---\n\nA refusal that arrives twice is recorded once.\n');
  raiseVersions(copy);
  for (const { name, version } of publicManifests(root)) {
    const expected = name === "@volenti/core" ? raise({ version, bump: "patch" }) : version;
    expect({ name, version: manifestOf({ at: copy, name }).version }).toEqual({ name, version: expected });
  }
  expect(readChangelog({ at: copy, name: "@volenti/core" })).toContain("A refusal that arrives twice is recorded once.");
});

/** All that changesets and npm look at, as a git repository of its own. */
function copyRepository(name: string): string {
  const copy = join(folder, name);
  const wanted = /^(?:package-lock\.json|scripts\/.*|\.changeset\/.*|packages\/[^/]+\/CHANGELOG\.md|(?:[^/]+\/){0,2}package\.json)$/;
  for (const path of openRepository(root).files.filter((file) => wanted.test(file))) {
    mkdirSync(dirname(join(copy, path)), { recursive: true });
    cpSync(join(root, path), join(copy, path));
  }
  const git = (...words: string[]): void => void execFileSync("git", ["-c", "user.name=Tester", "-c", "user.email=tester@example.com", ...words], { cwd: copy });
  git("init", "--quiet", "--initial-branch=main");
  git("add", "--all");
  git("commit", "--quiet", "--no-verify", "--message=All of it");
  return copy;
}

/** The script itself, without the network: the lockfile knows all that it needs. */
function raiseVersions(copy: string): void {
  execFileSync("npm", ["run", "version-packages"], {
    cwd: copy,
    shell: process.platform === "win32",
    stdio: "pipe",
    env: { ...process.env, PATH: [join(root, "node_modules/.bin"), process.env["PATH"] ?? ""].join(delimiter), npm_config_offline: "true", npm_config_ignore_scripts: "true" },
  });
}

function publicManifests(at: string): readonly Manifest[] {
  const manifests = readdirSync(join(root, "packages")).map((name) => JSON.parse(readFileSync(join(at, "packages", name, "package.json"), "utf8")) as Manifest);
  return manifests.filter((manifest) => manifest.private !== true);
}

function folderOf(name: string): string {
  return `packages/${name.replace("@volenti/", "")}`;
}

function manifestOf(request: { at: string; name: string }): Manifest {
  return JSON.parse(readFileSync(join(request.at, folderOf(request.name), "package.json"), "utf8")) as Manifest;
}

function readChangelog(request: { at: string; name: string }): string {
  const path = join(request.at, folderOf(request.name), "CHANGELOG.md");
  return existsSync(path) ? readFileSync(path, "utf8") : "";
}

function readChangeset(file: string): Changeset {
  const [, front = "", text = ""] = file.split(/^---\n/m);
  const bumps = [...front.matchAll(/^"([^"]+)": (patch|minor|major)$/gm)].map(([, name, bump]): [string, Bump] => [name ?? "", bump as Bump]);
  return { bumps: new Map(bumps), text: text.trim() };
}

function raise(request: { version: string; bump: Bump }): string {
  const [major = 0, minor = 0, patch = 0] = request.version.split(".").map(Number);
  if (request.bump === "major") return `${major + 1}.0.0`;
  return request.bump === "minor" ? `${major}.${minor + 1}.0` : `${major}.${minor}.${patch + 1}`;
}
