import { createServer as createHttpsServer } from "node:https";
import { createServer, type AddressInfo, type Server } from "node:net";
import { expect, it, onTestFinished } from "vitest";
import { ConnectorError } from "@volenti/core/adapter";
import { createHttpExchange, type HttpExchange } from "@volenti/http-transport";
import { makeCertificate } from "../../../tools/test-support/make-certificate.ts";
import { startProxy } from "../../../tools/test-support/start-proxy.ts";

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => new Promise((resolve) => server.close(() => resolve())));
  return (server.address() as AddressInfo).port;
}

function openExchange(proxy: string): HttpExchange {
  const settings = { tls: null, proxy, maxConcurrency: 1, timeoutInMs: 3_600_000 };
  const exchange = createHttpExchange({ settings, operation: "intake.write", connectorId: "till", maxAnswerBytes: 1000, spareConnections: 0 });
  onTestFinished(() => exchange.destroy());
  return exchange;
}

const write = (port: number) => ({ method: "POST", url: `https://127.0.0.1:${port}/`, headers: {}, body: "x", operation: "intake.write", changes: true, signal: new AbortController().signal });

it("of a proxy that does not answer are given up with the session, and nothing was sent through them", async () => {
  const isGone = Promise.withResolvers<void>();
  const isAsked = Promise.withResolvers<void>();
  const silent = createServer((socket) => {
    socket.once("data", () => isAsked.resolve());
    socket.once("close", () => isGone.resolve()).on("error", () => undefined);
  });
  const exchange = openExchange(`http://127.0.0.1:${await listen(silent)}`);
  const call = expect(exchange.send(write(443))).rejects.toMatchObject({ code: "unavailable" });
  await isAsked.promise;
  exchange.destroy();
  await Promise.all([call, isGone.promise]);
});

it("lead to a system whose certificate nobody vouches for: nothing was sent to it, and a write's outcome is not unknown", async () => {
  const proxy = await startProxy();
  onTestFinished(() => proxy.close());
  const port = await listen(createHttpsServer(makeCertificate(), (_, answer) => answer.end()));
  const error: unknown = await openExchange(proxy.url).send(write(port)).catch((reason: unknown) => reason);
  // What watches the network in these tests closes the socket before it tells why; without it the code is invalidConfiguration.
  expect(ConnectorError.isInstance(error) && ["invalidConfiguration", "unavailable"].includes(error.code)).toBe(true);
});
