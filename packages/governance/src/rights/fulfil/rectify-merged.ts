import type { SubmissionResult, Volenti } from "@volenti/core";
import { canonicalise, type ConnectorV1, type JsonValue, type ProfilePatch, type StoredProfileV1, type WriteOutcomeV1 } from "@volenti/core/adapter";
import { failureCode } from "../../support/failure-code.ts";
import type { PersonInDestination } from "../../support/find-person.ts";
import type { RightsRequest, RightsTarget } from "../rights-request.ts";

const NAMING: ReadonlySet<string> = new Set(["email", "phoneNumber"]);

interface Rectified {
  readonly volenti: Volenti;
  readonly rightsRequest: RightsRequest;
  readonly places: readonly PersonInDestination[];
  readonly profile: Readonly<Record<string, unknown>>;
  readonly result: SubmissionResult;
}

/** The person's own ref in a ledger, and the refs that were merged into it. */
interface MergedRefs {
  readonly root: string;
  readonly others: readonly string[];
}

/**
 * A submission reaches the person by the ref of now: a copy under a ref that was merged into it keeps the old value. It is
 * given what the person's own copy in that system holds; in a ledger, which takes nothing new under a merged ref, the old
 * value is cleared, since the person's own is the only one from then on. Where neither can be, a human has to see to it.
 */
export async function rectifyMerged(request: Rectified & { targets: readonly RightsTarget[] }): Promise<readonly RightsTarget[]> {
  const { places, targets } = request;
  return Promise.all(
    targets.map(async (target): Promise<RightsTarget> => {
      const connector = places.find(({ id }) => id === target.system)?.connector;
      if (target.state !== "done" || connector === undefined) return target;
      try {
        const attributes = new Set<string>();
        for (const merged of await listMerged(places)) {
          for (const attribute of await rectifyCopies({ ...request, system: target.system, connector, merged })) attributes.add(attribute);
        }
        if (attributes.size === 0) return target;
        return { ...target, state: "needsHuman", outcome: "kept", reason: "mergedCopy", attributes: [...attributes].toSorted() };
      } catch (error) {
        return { ...target, state: "waiting", outcome: "unreachable", reason: failureCode(error) };
      }
    }),
  );
}

async function listMerged(places: readonly PersonInDestination[]): Promise<readonly MergedRefs[]> {
  const lists = await Promise.all(
    places.map(async ({ connector: { custody }, person }): Promise<MergedRefs | null> => {
      if (custody === undefined || person.status !== "found") return null;
      return { root: person.subjectRef, others: await custody.listMerged({ subjectRef: person.subjectRef }) };
    }),
  );
  return lists.filter((merged) => merged !== null);
}

/** Answers the attributes of which some copy holds another value still. */
async function rectifyCopies(request: Rectified & { system: string; connector: ConnectorV1; merged: MergedRefs }): Promise<readonly string[]> {
  const { connector, merged: { root, others }, profile } = request;
  if (others.length === 0) return [];
  const corrected = listCorrections({ profile, prefix: "" });
  const own = await connector.profiles.get({ subjectRef: root });
  const remaining: string[] = [];
  for (const subjectRef of others) {
    const readStale = async (): Promise<readonly string[]> => listStale({ own, copy: await connector.profiles.get({ subjectRef }), corrected });
    const stale = await readStale();
    if (stale.length === 0) continue;
    const patch = toPatch({ ...request, own, stale, corrected, isLedger: connector.custody !== undefined });
    if (Object.keys(patch).length > 0) await write({ ...request, subjectRef, patch });
    remaining.push(...(await readStale()));
  }
  return remaining;
}

/** What the copy holds of the attributes that were to be corrected, and otherwise than the person's own. */
function listStale(request: { own: StoredProfileV1 | null; copy: StoredProfileV1 | null; corrected: readonly Correction[] }): readonly string[] {
  const { own, copy, corrected } = request;
  return Object.entries(copy?.attributes ?? {})
    .filter(([name, { value }]) => findCorrection({ corrected, name }) !== undefined && canonicalise(value) !== canonicalise(own?.attributes[name]?.value ?? null))
    .map(([name]) => name);
}

/** A member of the patch that is no object, by its dotted name. */
interface Correction {
  readonly name: string;
  readonly isCleared: boolean;
}

function listCorrections(request: { profile: object; prefix: string }): readonly Correction[] {
  const { profile, prefix } = request;
  return Object.entries(profile).flatMap(([key, value]: [string, unknown]): readonly Correction[] => {
    const name = `${prefix}${key}`;
    const isNested = typeof value === "object" && value !== null && !Array.isArray(value);
    return isNested ? listCorrections({ profile: value, prefix: `${name}.` }) : [{ name, isCleared: value === null }];
  });
}

/** An attribute may be a member, or hold one, or lie in one that is cleared as a whole. */
function findCorrection(request: { corrected: readonly Correction[]; name: string }): Correction | undefined {
  const { corrected, name } = request;
  return corrected.find((each) => each.name === name || each.name.startsWith(`${name}.`) || name.startsWith(`${each.name}.`));
}

/**
 * In a copy nothing that names a person: two records of one address would be two matches from then on. And nothing that the
 * person's own copy was not given: that is no reason to clear it here.
 */
function toPatch(
  request: Rectified & { own: StoredProfileV1 | null; stale: readonly string[]; corrected: readonly Correction[]; isLedger: boolean },
): ProfilePatch {
  const { own, stale, corrected, isLedger, rightsRequest, result: { submissionId } } = request;
  const changedAt = Date.parse(rightsRequest.receivedAt);
  const isWritten = (name: string): boolean => (isLedger || !NAMING.has(name)) && (own?.attributes[name] !== undefined || findCorrection({ corrected, name })?.isCleared === true);
  const valueOf = (name: string): JsonValue => (isLedger ? null : (own?.attributes[name]?.value ?? null));
  return Object.fromEntries(stale.filter(isWritten).map((name) => [name, { value: valueOf(name), changedAt, submissionId: submissionId ?? rightsRequest.requestId }]));
}

async function write(request: Rectified & { system: string; subjectRef: string; patch: ProfilePatch }): Promise<void> {
  const { volenti, rightsRequest, system, subjectRef: ref, patch } = request;
  const country = rightsRequest.place.country ?? volenti.controller.country;
  const subject = { ref, identifiers: [], country, ageBand: "unknown", test: false } as const;
  const item = { writeId: `${rightsRequest.requestId} ${ref}`, mode: "upsert", subject, submissions: [], profile: patch, decisions: [], states: [] } as const;
  const attempt = ({ intake }: ConnectorV1): Promise<readonly WriteOutcomeV1[]> => intake.write({ items: [item], heads: [] });
  const [outcome] = await volenti.naming.call({ destinationId: system, operation: "rectify", attempt });
  if (outcome?.status === "failed") throw outcome.error;
}
