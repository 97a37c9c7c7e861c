export { runCommandLine } from "./run-command-line.ts";
export type { CommandLineRequest, SignalSource } from "./command-line-request.ts";
