import type { ProfilesFacetV1 } from "@volenti/core/adapter";
import type { TemplateSession } from "../transport/template-session.ts";

/** Reads profiles, and finds people by the declared kinds of identifier. */
export function createProfileReader(session: TemplateSession): ProfilesFacetV1 {
  return {
    get: () => session.call({ operation: "profiles.get" }),
    find: () => session.call({ operation: "profiles.find" }),
  };
}
