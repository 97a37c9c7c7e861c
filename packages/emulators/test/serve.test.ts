import { Agent, get } from "node:http";
import { connect } from "node:net";
import { afterEach, expect, test } from "vitest";
import { ConnectionResetError } from "../src/serve/connection-reset-error.ts";
import { listenOnLoopback, type LoopbackServer } from "../src/serve/listen-on-loopback.ts";

const open: LoopbackServer[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

async function listen(handle: (request: Request) => Promise<Response>): Promise<LoopbackServer> {
  const server = await listenOnLoopback({ handle });
  open.push(server);
  return server;
}

test("a handler of the web is reached over loopback, body and headers and all", async () => {
  const server = await listen(async (request) =>
    Response.json(
      { method: request.method, path: new URL(request.url).pathname, body: await request.text(), mark: request.headers.get("x-mark") },
      { status: 201, headers: { "x-answer": "yes" } },
    ),
  );
  const response = await fetch(`${server.url}/a/b?c=d`, { method: "PATCH", body: "é", headers: { "x-mark": "m" } });
  expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(response.status).toBe(201);
  expect(response.headers.get("x-answer")).toBe("yes");
  expect(await response.json()).toEqual({ method: "PATCH", path: "/a/b", body: "é", mark: "m" });
});

test("an answer without a body stays without one", async () => {
  const server = await listen(() => Promise.resolve(new Response(null, { status: 204 })));
  const response = await fetch(server.url, { method: "DELETE" });
  expect([response.status, await response.text()]).toEqual([204, ""]);
});

test("one connection carries many calls", async () => {
  const server = await listen(() => Promise.resolve(new Response("x")));
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const ports: (number | undefined)[] = [];
  const call = (): Promise<void> =>
    new Promise((resolve, reject) => {
      get(server.url, { agent }, (response) => {
        ports.push(response.socket.localPort);
        response.resume().on("end", resolve);
      }).on("error", reject);
    });
  for (let count = 0; count < 3; count += 1) await call();
  agent.destroy();
  expect(new Set(ports).size).toBe(1);
});

test("a broken connection is broken: the caller gets no answer", async () => {
  const server = await listen(() => Promise.reject(new ConnectionResetError()));
  const port = Number(new URL(server.url).port);
  const received = await new Promise<string>((resolve) => {
    let text = "";
    const socket = connect({ host: "127.0.0.1", port }, () => socket.write("GET / HTTP/1.1\r\nHost: x\r\n\r\n"));
    socket.on("data", (chunk) => (text += chunk.toString()));
    socket.on("error", () => undefined);
    socket.on("close", () => resolve(text));
  });
  expect(received).toBe("");
});

test("a fault of the emulator is told as one", async () => {
  const server = await listen(() => Promise.reject(new Error("person@example.com")));
  const response = await fetch(server.url);
  expect([response.status, await response.text()]).toEqual([500, "the emulator failed"]);
});

test("a port that is taken is refused", async () => {
  const server = await listen(() => Promise.resolve(new Response("x")));
  const again = listenOnLoopback({ handle: () => Promise.resolve(new Response("y")), port: Number(new URL(server.url).port) });
  await expect(again).rejects.toMatchObject({ code: "EADDRINUSE" });
});

test("closing does not wait for a caller that keeps its connection open", async () => {
  const server = await listenOnLoopback({ handle: () => Promise.resolve(new Response("x")) });
  const port = Number(new URL(server.url).port);
  const socket = connect({ host: "127.0.0.1", port });
  socket.on("error", () => undefined);
  await new Promise((resolve) => socket.once("connect", resolve));
  await server.close();
  await expect(fetch(server.url)).rejects.toThrow();
});
