import type { Identifier, ProfilesFacetV1 } from "@volenti/core/adapter";
import { failCall, type CallTerms } from "../identity/call-terms.ts";
import { readByRef } from "../identity/read-by-ref.ts";
import { readMatches } from "../identity/read-matches.ts";
import { isOpen } from "../identity/is-open.ts";
import { readSubjectRef } from "../mapping/subject-ref.ts";
import { toProfile } from "../mapping/to-profile.ts";
import { listSubjectKeys } from "./list-subject-keys.ts";
import type { CustomerQueryData } from "../soap/data-contract.ts";
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
  const { terms, identifier: { kind, value } } = request;
  const { settings } = terms.session;
  if (!listSubjectKeys(settings).includes(kind)) throw failCall({ terms, code: "unsupported", fieldNames: ["identifier.kind"] });
  const found = new Map<string, CustomerQueryData>();
  for (const { field } of settings.matchKeys.filter((key) => key.kind === kind)) {
    const matches = await readMatches({ terms, criterion: { kind, value, path: field }, includesClosed: false });
    for (const stored of matches.filter(isOpen)) found.set(stored.CustomerId ?? "", stored);
  }
  const [only, ...others] = found.values();
  if (others.length > 0) throw failCall({ terms, code: "conflict", providerCode: "severalCustomers", recordIds: [...found.keys()] });
  return only === undefined ? null : readSubjectRef({ settings, stored: only });
}
