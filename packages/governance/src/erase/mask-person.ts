import { ConnectorError, type Volenti } from "@volenti/core";
import { matchesAnyAttribute, toUuid, type ConnectorV1, type ProfilePatch } from "@volenti/core/adapter";

export interface Mask {
  /** Dotted patterns of the attributes that stay. */
  readonly keep: readonly string[];
  /** Epoch milliseconds, the stamp of the clearing: attributes that were changed later stay, too. */
  readonly until: number;
  readonly country: string | null;
}

export interface MaskedPerson {
  readonly masked: number;
  /** Names of the attributes that are there still. */
  readonly kept: readonly string[];
}

/**
 * Clears every attribute of a person that nothing keeps, by the same write as a patch of theirs: an older value that comes
 * late cannot return. Rejects where the destination refuses to clear one.
 */
export async function maskPerson(request: {
  volenti: Volenti;
  connector: ConnectorV1;
  subjectRef: string;
  mask: Mask;
}): Promise<MaskedPerson> {
  const { volenti, connector, subjectRef, mask } = request;
  const profile = await connector.profiles.get({ subjectRef });
  const [kept, cleared]: [string[], string[]] = [[], []];
  for (const [attribute, { changedAt }] of Object.entries(profile?.attributes ?? {})) {
    const stays = changedAt > mask.until || matchesAnyAttribute({ patterns: mask.keep, attribute });
    (stays ? kept : cleared).push(attribute);
  }
  if (cleared.length === 0) return { masked: 0, kept };
  const submissionId = toUuid(volenti.crypto.randomBytes(16));
  const change = { value: null, changedAt: mask.until, submissionId };
  const patch: ProfilePatch = Object.fromEntries(cleared.map((attribute) => [attribute, change]));
  const outcomes = await writePatch({ volenti, connector, subjectRef, patch, country: mask.country, submissionId });
  const isRefused = cleared.some((attribute) => outcomes[attribute] === "rejected" || outcomes[attribute] === undefined);
  if (isRefused) throw new ConnectorError({ code: "rejectedByProvider", connectorId: connector.connectorId, operation: "erase.mask" });
  return { masked: cleared.length, kept };
}

async function writePatch(request: {
  volenti: Volenti;
  connector: ConnectorV1;
  subjectRef: string;
  patch: ProfilePatch;
  country: string | null;
  submissionId: string;
}): Promise<Readonly<Record<string, string>>> {
  const { volenti, connector, subjectRef, patch, country, submissionId } = request;
  const subject = { ref: subjectRef, identifiers: [], country: country ?? volenti.controller.country, ageBand: "unknown", test: false } as const;
  const item = { writeId: submissionId, mode: "upsert", subject, submissions: [], profile: patch, decisions: [], states: [] } as const;
  const [outcome] = await connector.intake.write({ items: [item], heads: [] });
  if (outcome?.status === "failed") throw outcome.error;
  return outcome?.status === "written" ? (outcome.profile ?? {}) : {};
}
