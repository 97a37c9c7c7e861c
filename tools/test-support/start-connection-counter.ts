import { connect, createServer, type AddressInfo, type Socket } from "node:net";

export interface ConnectionCounter {
  readonly url: string;
  /** Connections that clients hold open now. */
  count(): number;
  /** The most that were open at once. */
  peak(): number;
  close(): Promise<void>;
}

/** A plain relay before a server on 127.0.0.1, which knows how many connections are open. */
export function startConnectionCounter(request: { url: string }): Promise<ConnectionCounter> {
  const { port: target } = new URL(request.url);
  const open = new Set<Socket>();
  let most = 0;
  const server = createServer((client) => {
    const upstream = connect({ host: "127.0.0.1", port: Number(target) });
    open.add(client);
    most = Math.max(most, open.size);
    client.on("close", () => {
      open.delete(client);
      upstream.destroy();
    });
    upstream.on("close", () => client.destroy());
    client.on("error", () => undefined);
    upstream.on("error", () => undefined);
    client.pipe(upstream);
    upstream.pipe(client);
  });
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ host: "127.0.0.1", port: 0 }, () => {
      const { port } = server.address() as AddressInfo;
      resolve({
        url: `http://127.0.0.1:${port}`,
        count: () => open.size,
        peak: () => most,
        close: () =>
          new Promise((closed) => {
            server.close(() => closed());
            for (const client of open) client.destroy();
          }),
      });
    });
  });
}
