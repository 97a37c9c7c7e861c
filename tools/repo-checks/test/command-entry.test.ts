import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";

const entry = fileURLToPath(new URL("../../../packages/cli/bin/volenti.js", import.meta.url));
const folders: string[] = [];
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true })));

function runEntry(request: { minimum: string; built: string | null; arguments?: readonly string[] }) {
  const root = mkdtempSync(join(tmpdir(), "volenti-bin-"));
  folders.push(root);
  cpSync(entry, join(root, "bin/volenti.js"));
  writeFileSync(join(root, "package.json"), JSON.stringify({ type: "module", engines: { node: `>=${request.minimum}` } }));
  if (request.built !== null) {
    mkdirSync(join(root, "dist"));
    writeFileSync(join(root, "dist/index.js"), request.built);
  }
  return spawnSync(process.execPath, [join(root, "bin/volenti.js"), ...(request.arguments ?? [])], { encoding: "utf8" });
}

test("the command says to build first, and exits 2, where it is not built", () => {
  const { status, stderr, stdout } = runEntry({ minimum: "22.19", built: null });
  expect([status, stdout]).toEqual([2, ""]);
  expect(stderr).toContain("run npm run build first");
});

test("the command says which Node it needs, and exits 2, where this one is too old", () => {
  const { status, stderr } = runEntry({ minimum: "999.1", built: "throw new Error('loaded');" });
  expect(status).toBe(2);
  expect(stderr).toBe(`volenti needs Node 999.1 or newer; this is ${process.versions.node}.\n`);
});

test("the command hands its arguments on, and exits with the answer", () => {
  const built = "export async function runCommandLine(request) { process.stdout.write(JSON.stringify(request)); return 3; }";
  const { status, stdout } = runEntry({ minimum: "22.19", built, arguments: ["collect", "-", "--json"] });
  expect([status, JSON.parse(stdout)]).toEqual([3, { arguments: ["collect", "-", "--json"] }]);
});
