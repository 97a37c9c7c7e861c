import { readArguments, USAGE } from "./read-arguments.ts";
import { describeFailure, describeRun } from "./report/describe-failure.ts";
import { runAll } from "./run/run-all.ts";

const EXIT_CODE = { kept: 0, broken: 1, usage: 2 } as const;
/** One bug makes many failures; the first few are told at length. */
const FAILURES_AT_LENGTH = 2;

/** Answers the exit code: 1 where some run broke a promise. */
async function simulate(programArguments: readonly string[]): Promise<number> {
  const read = readArguments(programArguments);
  if (read === null) {
    process.stderr.write(USAGE);
    return EXIT_CODE.usage;
  }
  const { seed, omitted, crashes, crm, store } = read;
  if (read.isTraced) {
    const { text, isBroken } = await describeRun({ seed, omitted, crashes, crm, store });
    process.stdout.write(text);
    return isBroken ? EXIT_CODE.broken : EXIT_CODE.kept;
  }
  const startedAt = performance.now();
  const { runs, exchanges, faults, failures } = await runAll(read);
  for (const failure of failures.slice(0, FAILURES_AT_LENGTH)) process.stdout.write(`${await describeFailure(failure)}\n`);
  if (failures.length > 0) process.stdout.write(`failing seeds: ${[...new Set(failures.map((failure) => failure.seed))].join(" ")}\n`);
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  process.stdout.write(`${runs} runs, ${exchanges} exchanges, ${faults} faults in ${seconds} s: ${failures.length === 0 ? "every promise kept" : "promises broken"}\n`);
  return failures.length === 0 ? EXIT_CODE.kept : EXIT_CODE.broken;
}

process.exitCode = await simulate(process.argv.slice(2));
