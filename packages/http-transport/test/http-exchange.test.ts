import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it, onTestFinished } from "vitest";
import { bodyText, createHttpExchange } from "@volenti/http-transport";
import { startClosingServer } from "./support/closing-server.ts";

const settings = { tls: null, proxy: null, maxConcurrency: 1, timeoutInMs: 1000 };

it("answers what the system answered, a redirect as it is, and an answer beyond the limit as none", async () => {
  const server = createServer((request, response) => {
    if (request.url === "/moved") response.writeHead(302, { location: "/elsewhere" }).end("moved");
    else response.end("x".repeat(2000));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const exchange = createHttpExchange({ settings, operation: "intake.write", connectorId: "till", maxAnswerBytes: 1000, spareConnections: 0 });
  onTestFinished(async () => {
    exchange.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  const get = (path: string): ReturnType<typeof exchange.send> =>
    exchange.send({ method: "GET", url: `http://127.0.0.1:${port}${path}`, headers: {}, signal: new AbortController().signal, operation: "profiles.get", changes: false });
  const moved = await get("/moved");
  expect([moved.status, bodyText(moved)]).toEqual([302, "moved"]);
  await expect(get("/large")).rejects.toMatchObject({ code: "malformedResponse", connectorId: "till", operation: "profiles.get", providerCode: "TOO_LARGE" });
});

it("tells a proxy that is none by the name of the setting", () => {
  const make = (): unknown => createHttpExchange({ settings: { ...settings, proxy: "socks" }, operation: "intake.write", connectorId: "till", maxAnswerBytes: 1000, spareConnections: 0 });
  expect(make).toThrow(expect.objectContaining({ code: "invalidConfiguration", fieldNames: ["proxy"] }));
});

it("sends nothing over a connection that the other side closed while this process was busy", async () => {
  const server = await startClosingServer();
  const exchange = createHttpExchange({ settings, operation: "intake.write", connectorId: "till", maxAnswerBytes: 1000, spareConnections: 0 });
  onTestFinished(() => exchange.destroy());
  const call = { method: "POST", url: server.url, headers: {}, body: "x", operation: "intake.write", changes: true } as const;
  for (let count = 1; count <= 5; count += 1) {
    expect(bodyText(await exchange.send({ ...call, signal: new AbortController().signal }))).toBe("ok");
    server.blockUntilClosed(count);
  }
});
