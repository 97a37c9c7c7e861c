#!/usr/bin/env node
// Committed rather than built: npm links only bins that exist when it installs. Parses on any Node that knows
// modules, so that a Node which is too old hears a sentence and not a stack.
import { existsSync, readFileSync } from "node:fs";

const MISCONFIGURED = 2;
const manifest = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
const minimum = manifest.engines.node.replace(">=", "");
const built = new URL("../dist/index.js", import.meta.url);

if (!isAtLeast(process.versions.node, minimum)) {
  process.stderr.write(`volenti needs Node ${minimum} or newer; this is ${process.versions.node}.\n`);
  process.exitCode = MISCONFIGURED;
} else if (!existsSync(built)) {
  process.stderr.write("volenti is not built: run npm run build first.\n");
  process.exitCode = MISCONFIGURED;
} else {
  const { runCommandLine } = await import(built.href);
  process.exitCode = await runCommandLine({ arguments: process.argv.slice(2) });
}

function isAtLeast(version, floor) {
  const floorParts = floor.split(".").map(Number);
  const versionParts = version.split(".").map(Number);
  for (let index = 0; index < 3; index += 1) {
    const difference = (versionParts[index] || 0) - (floorParts[index] || 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}
