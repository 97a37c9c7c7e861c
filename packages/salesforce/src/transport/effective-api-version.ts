import type { Settings } from "../settings.ts";

/**
 * The version that calls go to. Of a connection handed in, its own where that is the later one: jsforce's default of 50.0,
 * which nobody chose, lacks what consent rows need.
 */
export function effectiveApiVersion(settings: Pick<Settings, "auth" | "apiVersion">): string {
  const { auth, apiVersion } = settings;
  const own = auth.kind === "connection" ? auth.connection.version : undefined;
  return own !== undefined && /^\d{2,3}\.0$/.test(own) && Number(own) > Number(apiVersion) ? own : apiVersion;
}
