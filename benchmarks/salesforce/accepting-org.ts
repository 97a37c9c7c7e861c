import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { acceptCall } from "./accept-call.ts";

/**
 * An org that accepts every row, as a process of its own, so that what is measured beside it is not its work. Tells the
 * process that started it where it answers, and ends with it.
 */
const server = createServer({ keepAlive: true, keepAliveTimeout: 60_000 }, (incoming, outgoing) => void answer({ incoming, outgoing }));
let url = "";

async function answer(request: { incoming: IncomingMessage; outgoing: ServerResponse }): Promise<void> {
  const { incoming, outgoing } = request;
  const { method = "", url: path = "" } = incoming;
  const accepted = acceptCall({ url, method, path, body: await text(incoming) });
  const content = Buffer.from(JSON.stringify(accepted ?? [{ errorCode: "NOT_FOUND", message: "this org only accepts rows" }]));
  outgoing.writeHead(accepted === null ? 404 : 200, {
    "content-type": "application/json;charset=UTF-8",
    "content-length": content.length,
    "sforce-limit-info": "api-usage=1/100000",
  });
  outgoing.end(content);
}

process.once("disconnect", () => process.exit());
server.listen({ host: "127.0.0.1", port: 0 }, () => {
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  process.send?.({ url });
});
