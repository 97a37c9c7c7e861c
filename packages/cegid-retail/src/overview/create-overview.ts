import { ConnectorError, type Identifier, type OverviewFacetV1, type OverviewV1 } from "@volenti/core/adapter";
import { failCall, type CallTerms } from "../identity/call-terms.ts";
import { findByMatchKey, isLinked, listByMatchKey, tellMatch } from "../identity/find-by-match-key.ts";
import { readByRef } from "../identity/read-by-ref.ts";
import { tellRef } from "../identity/tell-ref.ts";
import { toConsentStates } from "../mapping/to-consent-states.ts";
import { toProfile } from "../mapping/to-profile.ts";
import type { CustomerQueryData } from "../soap/data-contract.ts";
import type { CegidSession } from "../transport/cegid-session.ts";

const OPERATION = "overview.read";

/**
 * All of one customer out of one record. By a match key the folder can say that it has nobody, also where records do not keep
 * the whole ref; whom of those who are linked it has it cannot tell then, and that is `unsupported`.
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
  if (!isSearched) throw failCall({ terms, code: "unsupported", fieldNames: ["identifier.kind"] });
  if (settings.refField === null) return tellNobody(request);
  const stored = await findByMatchKey(request);
  return stored === null ? null : toOverview({ session, stored, subjectRef: tellRef({ terms, stored }) });
}

/**
 * Where records do not keep the whole ref: null where the folder has nobody. Several who are all linked, and a search that
 * this folder does not carry out as it should, do not stand in the way of asking by the ref.
 */
async function tellNobody(request: { terms: CallTerms; identifier: Identifier }): Promise<null> {
  const { terms } = request;
  const matches = await listUnlessFaulty(request);
  if (matches?.length === 0) return null;
  if (matches?.some((stored) => !isLinked({ terms, stored })) === true) tellMatch({ terms, matches });
  throw failCall({ terms, code: "unsupported", fieldNames: ["identifier.kind"] });
}

async function listUnlessFaulty(request: { terms: CallTerms; identifier: Identifier }): Promise<readonly CustomerQueryData[] | null> {
  try {
    return await listByMatchKey(request);
  } catch (error) {
    if (!ConnectorError.isInstance(error) || error.retry.kind !== "never") throw error;
    return null;
  }
}

function toOverview(request: { session: CegidSession; stored: CustomerQueryData; subjectRef: string }): OverviewV1 {
  const { session, stored, subjectRef } = request;
  const { settings } = session;
  const { catalogue } = session.context(OPERATION);
  const states = toConsentStates({ settings, catalogue, stored });
  return { records: [{ subjectRef, profile: { subjectRef, attributes: toProfile({ settings, stored }) }, states, decisions: [] }], custody: null };
}
