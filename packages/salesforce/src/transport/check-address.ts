import { ConnectorError } from "@volenti/core/adapter";
import type { Settings } from "../settings.ts";
import { CONNECTOR_ID } from "./salesforce-session.ts";

const LABELS = String.raw`(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+`;
/**
 * Hosts that are Salesforce's own: sign-in, instances, My Domains with their partitions (`sandbox`, `scratch`, `develop`,
 * `trailblaze`, …), the United States' government and military clouds, and China. Anchored at both ends.
 * https://help.salesforce.com/s/articleView?id=xcloud.domain_name_url_formats.htm
 */
const SALESFORCE_HOSTS: readonly RegExp[] = [
  /^(?:login|test)\.salesforce\.(?:com|mil)$/,
  /^[a-z]{2,5}\d{1,4}[a-z]?(?:-api)?\.salesforce\.(?:com|mil)$/,
  new RegExp(String.raw`^${LABELS}my\.salesforce\.(?:com|mil)$`),
  new RegExp(String.raw`^${LABELS}cloudforce\.(?:com|mil)$`),
  new RegExp(String.raw`^${LABELS}my\.(?:sfcrmproducts|salesforce)\.cn$`),
  /^(?:login|test)\.(?:sfcrmproducts|salesforce)\.cn$/,
];
const LIGHTNING_HOST = /(?:^|\.)lightning\.(?:force\.com|com|crmforce\.mil|pc-rnd\.force\.com|sfcrmapps\.cn)$|\.salesforce-setup\.com$/;
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

type Side = "salesforce" | "private" | "loopback";

/** An address that calls, and with them credentials, may go to. */
export interface OrgAddress {
  /** Without a slash at the end. */
  readonly origin: string;
  readonly hostname: string;
  readonly side: Side;
}

/**
 * Whether an address may be called: https to Salesforce's own hosts and to those listed, plain HTTP only where allowed and
 * only to loopback and listed hosts. `from`: where the address came from; one that Salesforce named never leads to this
 * machine, and one that this machine named never leads away from it. Throws `invalidConfiguration`.
 */
export function checkAddress(request: {
  address: string;
  settings: Pick<Settings, "allowInsecureHttp" | "privateHosts">;
  operation: string;
  fieldName: string;
  from?: OrgAddress | undefined;
}): OrgAddress {
  const { address, settings, from } = request;
  const fail = (providerCode: string): ConnectorError => toError({ ...request, providerCode });
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null || !isPlain(url)) throw fail("malformedAddress");
  if (LIGHTNING_HOST.test(url.hostname)) throw fail("lightningHost");
  const side = sideOf({ url, privateHosts: settings.privateHosts });
  if (side === null) throw fail("hostNotAllowed");
  if (url.protocol !== "https:" && !(side !== "salesforce" && settings.allowInsecureHttp)) throw fail("insecureHttp");
  if (from !== undefined && (from.side === "loopback") !== (side === "loopback")) throw fail("hostNotAllowed");
  return { origin: url.origin, hostname: url.hostname, side };
}

function isPlain(url: URL): boolean {
  const isWeb = url.protocol === "https:" || url.protocol === "http:";
  return isWeb && url.username === "" && url.password === "" && url.pathname === "/" && url.search === "" && url.hash === "";
}

function sideOf(request: { url: URL; privateHosts: readonly string[] }): Side | null {
  const { url, privateHosts } = request;
  if (LOOPBACK.test(url.hostname)) return "loopback";
  if (privateHosts.some((host) => [url.hostname, url.host].includes(host.toLowerCase()))) return "private";
  return url.port === "" && SALESFORCE_HOSTS.some((pattern) => pattern.test(url.hostname)) ? "salesforce" : null;
}

function toError(request: { operation: string; fieldName: string; providerCode: string }): ConnectorError {
  const { operation, fieldName, providerCode } = request;
  return new ConnectorError({
    code: "invalidConfiguration",
    connectorId: CONNECTOR_ID,
    operation,
    fieldNames: [fieldName],
    providerCode,
  });
}
