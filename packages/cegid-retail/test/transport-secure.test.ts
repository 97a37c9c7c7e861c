import { afterEach, expect, it } from "vitest";
import type { Settings } from "../src/settings.ts";
import type { CegidSession } from "../src/transport/cegid-session.ts";
import { makeCertificate } from "../../../tools/test-support/make-certificate.ts";
import { startProxy } from "../../../tools/test-support/start-proxy.ts";
import { startServer, type ScriptedServer } from "./support/transport-server.ts";
import { HELLO, openSession, rejection, WRITE } from "./support/transport-session.ts";

const SERVER = makeCertificate();
const CLIENT = makeCertificate();
const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const resource of opened.splice(0).toReversed()) await resource.close();
});

async function connect(request: { isMutual?: boolean; settings: Partial<Settings> }): Promise<{ server: ScriptedServer; session: CegidSession }> {
  const mutual = request.isMutual === true ? { requestCert: true, rejectUnauthorized: true, ca: [CLIENT.cert] } : {};
  const server = await startServer({ tls: { ...SERVER, ...mutual } });
  const session = openSession({ baseUrl: `${server.url}/Y2`, allowInsecureHttp: false, ...request.settings });
  opened.push(server, session);
  return { server, session };
}

it("a certificate of a private authority is accepted where that is given, and refused where it is not", async () => {
  const trusted = await connect({ settings: { tls: { ca: SERVER.cert } } });
  expect(await trusted.session.call(HELLO)).toMatchObject({ version: "26.0.0.100" });
  const untrusted = await connect({ settings: {} });
  expect(await rejection(untrusted.session.call(WRITE))).toMatchObject({ code: "invalidConfiguration" });
  expect(untrusted.server.requests).toHaveLength(0);
});

it("a client certificate is shown where it is asked for", async () => {
  const shown = await connect({ isMutual: true, settings: { tls: { ca: SERVER.cert, cert: CLIENT.cert, key: CLIENT.key } } });
  expect(await shown.session.call(HELLO)).toMatchObject({ version: "26.0.0.100" });
  const missing = await connect({ isMutual: true, settings: { tls: { ca: SERVER.cert } } });
  await rejection(missing.session.call(HELLO));
  expect(missing.server.requests).toHaveLength(0);
});

it("a certificate that cannot be read is a wrong setting", async () => {
  const { session } = await connect({ settings: { tls: { ca: SERVER.cert, cert: "none", key: "none" } } });
  expect(await rejection(session.call(HELLO))).toMatchObject({ code: "invalidConfiguration", fieldNames: ["tls"] });
});

it("calls go through the proxy of the settings, by a tunnel that is kept", async () => {
  const proxy = await startProxy();
  opened.push(proxy);
  const { session } = await connect({ settings: { tls: { ca: SERVER.cert }, proxy: proxy.url } });
  await session.call(HELLO);
  await session.call(HELLO);
  expect(proxy.seen).toEqual([expect.stringMatching(/^CONNECT 127\.0\.0\.1:\d+$/)]);
});

it("a proxy that refuses is a wrong setting, and tells no password", async () => {
  const proxy = await startProxy();
  opened.push(proxy);
  const { session } = await connect({ settings: { tls: { ca: SERVER.cert }, proxy: proxy.url.replace("till:", "other:") } });
  const error = await rejection(session.call(WRITE));
  expect(error).toMatchObject({ code: "invalidConfiguration", providerCode: "ERR_PROXY_407" });
  expect(JSON.stringify(error)).not.toContain("word");
});
