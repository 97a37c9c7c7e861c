import type { Identifier, ProfilesFacetV1 } from "@volenti/core/adapter";
import { failCall, type CallTerms } from "../identity/call-terms.ts";
import { findByMatchKey } from "../identity/find-by-match-key.ts";
import { readByRef } from "../identity/read-by-ref.ts";
import { tellRef } from "../identity/tell-ref.ts";
import { toProfile } from "../mapping/to-profile.ts";
import { listSubjectKeys } from "./list-subject-keys.ts";
import type { CegidSession } from "../transport/cegid-session.ts";

/** Reads customers' attributes, and finds people by match keys where whole refs are kept. */
export function createProfileReader(session: CegidSession): ProfilesFacetV1 {
  const { settings } = session;
  return {
    get: async ({ subjectRef }) => {
      const stored = await readByRef({ terms: { session, operation: "profiles.get" }, ref: subjectRef });
      return stored === null ? null : { subjectRef, attributes: toProfile({ settings, stored }) };
    },
    find: ({ identifier }) => find({ terms: { session, operation: "profiles.find" }, identifier }),
  };
}

async function find(request: { terms: CallTerms; identifier: Identifier }): Promise<string | null> {
  const { terms, identifier } = request;
  const { settings } = terms.session;
  if (!listSubjectKeys(settings).includes(identifier.kind)) throw failCall({ terms, code: "unsupported", fieldNames: ["identifier.kind"] });
  const stored = await findByMatchKey(request);
  return stored === null ? null : tellRef({ terms, stored });
}
