import { HttpRequestInterceptor } from "@mswjs/interceptors/http";
import { http, HttpResponse, passthrough } from "msw";
import { defineNetwork, InMemoryHandlersController, InterceptorSource } from "msw/experimental";

const LOOPBACK: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]"]);

// The last word on every request. A handler rather than a strategy, because msw turns an error that a strategy throws
// into an answer 500, which a test of failures could mistake for the system's own.
const refuseAllButThisMachine = http.all("*", ({ request }) =>
  LOOPBACK.has(new URL(request.url).hostname) ? passthrough() : HttpResponse.error(),
);

/**
 * The network of the tests: a request that no handler takes fails as an unreachable host does, except to this machine
 * itself, where emulators listen. Sockets that speak no HTTP (PostgreSQL) are left alone.
 * `testNetwork.use(http.post(url, resolver))` fakes a system for one test; `refuse-network.ts` forgets it afterwards.
 *
 * The one file that knows msw's experimental entry: its stable `setupServer` does not see requests of npm's undici,
 * and so not those of jsforce (msw 3.0.5, seen 2026-11).
 */
export const testNetwork = defineNetwork({
  sources: [new InterceptorSource({ interceptors: [new HttpRequestInterceptor()] })],
  handlers: new InMemoryHandlersController([refuseAllButThisMachine]),
  context: { quiet: true },
  onUnhandledFrame: "error",
});
