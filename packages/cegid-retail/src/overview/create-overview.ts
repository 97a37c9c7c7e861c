import { ConnectorError, type Identifier, type OverviewFacetV1, type OverviewV1 } from "@volenti/core/adapter";
import { failCall, type CallTerms } from "../identity/call-terms.ts";
import { findByMatchKey } from "../identity/find-by-match-key.ts";
import { readByRef } from "../identity/read-by-ref.ts";
import { readSubjectRef } from "../mapping/subject-ref.ts";
import { toConsentStates } from "../mapping/to-consent-states.ts";
import { toProfile } from "../mapping/to-profile.ts";
import type { CustomerQueryData } from "../soap/data-contract.ts";
import type { CegidSession } from "../transport/cegid-session.ts";

const OPERATION = "overview.read";

/**
 * All of one customer out of one record. By a match key the folder can say that it has nobody, also where records do not keep
 * the whole ref; whom it has it cannot tell then, and that is `unsupported`.
 */
export function createOverview(session: CegidSession): OverviewFacetV1 {
  const terms: CallTerms = { session, operation: OPERATION };
  return {
    read: async ({ name }) => {
      if ("identifier" in name) return readByIdentifier({ terms, identifier: name.identifier });
      const stored = await readByRef({ terms, ref: name.subjectRef });
      return stored === null ? null : toOverview({ session, stored, subjectRef: name.subjectRef });
    },
  };
}

async function readByIdentifier(request: { terms: CallTerms; identifier: Identifier }): Promise<OverviewV1 | null> {
  const { terms, identifier } = request;
  const { session } = terms;
  const { settings } = session;
  const isSearched = settings.matchKeys.some(({ kind }) => kind === identifier.kind);
  if (isSearched && settings.refField === null && (await isNobody(request))) return null;
  if (!isSearched || settings.refField === null) throw failCall({ terms, code: "unsupported", fieldNames: ["identifier.kind"] });
  const stored = await findByMatchKey(request);
  if (stored === null) return null;
  const subjectRef = readSubjectRef({ settings, stored });
  return subjectRef === null ? null : toOverview({ session, stored, subjectRef });
}

/**
 * Whether the folder says that it has nobody. Several, and a search that this folder does not carry out as it should, do not
 * stand in the way of asking by the ref.
 */
async function isNobody(request: { terms: CallTerms; identifier: Identifier }): Promise<boolean> {
  try {
    return (await findByMatchKey(request)) === null;
  } catch (error) {
    if (!ConnectorError.isInstance(error) || error.retry.kind !== "never") throw error;
    return false;
  }
}

function toOverview(request: { session: CegidSession; stored: CustomerQueryData; subjectRef: string }): OverviewV1 {
  const { session, stored, subjectRef } = request;
  const { settings } = session;
  const { catalogue } = session.context(OPERATION);
  const states = toConsentStates({ settings, catalogue, stored });
  return { records: [{ subjectRef, profile: { subjectRef, attributes: toProfile({ settings, stored }) }, states, decisions: [] }], custody: null };
}
