import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";
import { writeReference } from "./write-reference.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const FOLDER = "docs/reference";

const from = performance.now();
const { specifiers, problems } = await writeReference({ root, into: join(root, FOLDER) });
for (const problem of problems) process.stdout.write(`${problem}\n`);
const seconds = Math.round((performance.now() - from) / 100) / 10;
process.stdout.write(`${problems.length === 0 ? `${FOLDER}/index.html` : "nothing written"}: ${specifiers.length} entries, ${problems.length} problems, ${seconds} s\n`);
process.exitCode = problems.length === 0 ? 0 : 1;
