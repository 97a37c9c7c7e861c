import { Worker } from "node:worker_threads";
import { onTestFinished } from "vitest";

/** A server in a thread of its own, which answers each call and closes the connection behind its answer, without having said so. */
export interface ClosingServer {
  readonly url: string;
  /** Stops this thread, as work that takes long does, until the server has closed so many connections in all. */
  blockUntilClosed(count: number): void;
}

const SCRIPT = `
const { createServer } = require("node:http");
const { parentPort, workerData } = require("node:worker_threads");
const closed = new Int32Array(workerData);
const server = createServer((request, response) => {
  request.socket.once("close", () => { Atomics.add(closed, 0, 1); Atomics.notify(closed, 0); });
  response.once("close", () => request.socket.destroySoon());
  request.resume().once("end", () => response.end("ok"));
});
server.listen(0, "127.0.0.1", () => parentPort.postMessage(server.address().port));
`;

export async function startClosingServer(): Promise<ClosingServer> {
  const shared = new SharedArrayBuffer(4);
  const closed = new Int32Array(shared);
  const worker = new Worker(SCRIPT, { eval: true, workerData: shared });
  onTestFinished(() => worker.terminate().then(() => undefined));
  const port = await new Promise<number>((resolve) => worker.once("message", resolve));
  return {
    url: `http://127.0.0.1:${port}/`,
    blockUntilClosed: (count) => {
      for (let seen = Atomics.load(closed, 0); seen < count; seen = Atomics.load(closed, 0)) Atomics.wait(closed, 0, seen);
    },
  };
}
