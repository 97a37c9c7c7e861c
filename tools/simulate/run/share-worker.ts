import { parentPort, workerData } from "node:worker_threads";
import { runShare, type Share } from "./run-share.ts";

const result = await runShare({ share: workerData as Share });
// Nothing is handed over: the result is copied.
parentPort?.postMessage(result, []);
