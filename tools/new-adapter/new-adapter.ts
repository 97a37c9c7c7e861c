import { resolve } from "node:path";
import { createAdapter, NewAdapterError } from "./create-adapter.ts";

const repository = resolve(import.meta.dirname, "../..");
const [name, ...rest] = process.argv.slice(2);

try {
  if (name === undefined || rest.length > 0) throw new NewAdapterError("usage: npm run new-adapter -- NAME");
  const files = await createAdapter({ root: repository, name, repository });
  process.stdout.write(`${nextSteps({ name, count: files.length })}\n`);
} catch (error) {
  if (!(error instanceof NewAdapterError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}

function nextSteps(request: { name: string; count: number }): string {
  const { name, count } = request;
  return [
    `packages/${name}: ${count} files.`,
    "",
    "Next:",
    "  npm install                                         links the package",
    `  npx vitest run --project ${name}                     the red list: what is still to be written`,
    `  packages/${name}/test/${name}-harness.ts             first: the probe, then the faults`,
    `  packages/${name}/src/transport/${name}-session.ts    then: the way to the system`,
    "  docs/guides/writing-an-adapter.md                   facet by facet, trait by trait",
    "",
    `When all is green: UPDATE_CONFORMANCE_REPORT=1 npx vitest run --project ${name}, and commit the report.`,
    "Then npm run licences, which lists the package beside what it depends on, and a changeset.",
  ].join("\n");
}
