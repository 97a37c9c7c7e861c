import { runCommandLine } from "@volenti/cli";

process.exitCode = await runCommandLine({ arguments: process.argv.slice(2) });
