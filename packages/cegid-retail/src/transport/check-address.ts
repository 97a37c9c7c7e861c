import { ConnectorError } from "@volenti/core/adapter";
import type { Settings } from "../settings.ts";
import { CONNECTOR_ID } from "./connector-id.ts";

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/**
 * The address that calls, and with them credentials, may go to, without a slash at the end. Plain HTTP only where it is
 * allowed, and then only to loopback and to the hosts listed. Throws `invalidConfiguration`, which names no address.
 */
export function checkAddress(request: { settings: Pick<Settings, "baseUrl" | "allowInsecureHttp" | "privateHosts">; operation: string }): string {
  const { settings: { baseUrl, allowInsecureHttp, privateHosts }, operation } = request;
  const fail = (providerCode: string): ConnectorError =>
    new ConnectorError({ code: "invalidConfiguration", connectorId: CONNECTOR_ID, operation, fieldNames: ["baseUrl"], providerCode });
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : null;
  if (url === null || !isPlain(url)) throw fail("malformedAddress");
  if (url.protocol === "http:") {
    const isListed = LOOPBACK.test(url.hostname) || privateHosts.some((host) => [url.hostname, url.host].includes(host.toLowerCase()));
    if (!allowInsecureHttp || !isListed) throw fail("insecureHttp");
  }
  return url.origin + url.pathname.replace(/\/+$/, "");
}

/** The services' folder and nothing more: no credentials, which would be logged, and not one service of several. */
function isPlain(url: URL): boolean {
  const isWeb = url.protocol === "https:" || url.protocol === "http:";
  return isWeb && url.username === "" && url.password === "" && url.search === "" && url.hash === "" && !/\.svc\/?$/i.test(url.pathname);
}
