import { createServer, request as httpRequest } from "node:http";
import type { AddressInfo } from "node:net";
import { http, HttpResponse } from "msw";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { testNetwork } from "../test-network.ts";

beforeAll(() => testNetwork.enable());
afterEach(() => testNetwork.resetHandlers());
afterAll(() => testNetwork.disable());

test("a request that no handler takes fails", async () => {
  await expect(fetch("https://unhandled.example/")).rejects.toThrow();
});

test("a request of node:http that no handler takes fails", async () => {
  const failed = new Promise((resolve, reject) => {
    httpRequest("http://unhandled.example/", () => reject(new Error("answered"))).on("error", resolve).end();
  });
  await expect(failed).resolves.toBeInstanceOf(Error);
});

test("a handler answers in the place of the network", async () => {
  testNetwork.use(http.get("https://faked.example/", () => HttpResponse.text("faked")));
  const response = await fetch("https://faked.example/");
  expect(await response.text()).toBe("faked");
});

test("a server of this machine is reached", async () => {
  const server = createServer((_request, response) => response.end("here"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    const { port } = server.address() as AddressInfo;
    const response = await fetch(`http://127.0.0.1:${port}/`);
    expect(await response.text()).toBe("here");
  } finally {
    server.close();
  }
});
