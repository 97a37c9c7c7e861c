import { runCommandLine } from "@volenti/cli";

// The command on the sources: its bin runs what was built.
process.exitCode = await runCommandLine({ arguments: process.argv.slice(2) });
