import type { SubmissionResult } from "@volenti/core";
import type { Identifier, StoredProfileV1 } from "@volenti/core/adapter";
import { failureCode } from "../../support/failure-code.ts";
import { findPerson, type PersonInDestination } from "../../support/find-person.ts";
import { toProblem } from "../rights-problem.ts";
import type { RightsTarget } from "../rights-request.ts";
import { findSubmissionIdentifiers } from "./find-submission-identifiers.ts";
import type { Fulfilment, FulfilmentRequest } from "./fulfilment.ts";
import { rectifyMerged } from "./rectify-merged.ts";
import { submit, targetsOfResult } from "./submit.ts";
import { targetOfAbsent, toTarget } from "./to-target.ts";

/**
 * Corrects what was given, as a submission: checked by the attributes' schemas, an older value never over a newer one. An
 * e-mail address or a number that is new becomes a name of the person too, and is refused where it names somebody else.
 */
export async function rectify(request: FulfilmentRequest): Promise<Fulfilment> {
  const { volenti, rightsRequest, places, profile } = request;
  if (profile === undefined || Object.keys(profile).length === 0) return { targets: [], problem: toProblem("valuesRequired") };
  const known = await findSubmissionIdentifiers(request);
  if (known === null) return { targets: [], problem: toProblem("personRequired") };
  const added = await addNames({ ...request, profile, known });
  if ("targets" in added) return added;
  const result = await submit({ volenti, rightsRequest, identifiers: added.identifiers, content: { profile } });
  if (result.outcome === "rejected") return { targets: [], problem: toProblem("invalidInput", result.problems), result };
  const targets = targetsOfResult({ places, result, outcome: "rectified" });
  const judged = await withWithheld({ targets, places, result });
  return { targets: await rectifyMerged({ volenti, rightsRequest, places, profile, result, targets: judged }), result };
}

const NAMING = { email: "email", phoneNumber: "phone" } as const;

/** The person's new names behind those that are known: a new one in front would name somebody who is not there yet. */
async function addNames(
  request: FulfilmentRequest & { profile: Readonly<Record<string, unknown>>; known: readonly Identifier[] },
): Promise<Fulfilment | { readonly identifiers: readonly Identifier[] }> {
  const { volenti, places, profile, known } = request;
  const refs = new Set(places.flatMap(({ person }) => (person.status === "found" ? [person.subjectRef] : [])));
  const added: Identifier[] = [];
  for (const [attribute, kind] of Object.entries(NAMING)) {
    const value = profile[attribute];
    const identifier = typeof value === "string" ? volenti.normaliseIdentifier({ kind, value }) : null;
    if (identifier === null) continue;
    const others = await findPerson({ volenti, identifier });
    const isTaken = others.some(({ person }) => person.status === "conflict" || person.status === "unlinked" || (person.status === "found" && !refs.has(person.subjectRef)));
    if (isTaken) return { targets: [], problem: toProblem("severalPeople", [{ path: `profile.${attribute}`, code: "identifierElsewhere" }]) };
    if (others.some(isUnread)) return { targets: places.map((place) => toUntouched({ place, others })) };
    added.push(identifier);
  }
  const [first] = known;
  const identifiers = volenti.naming.arrange([...known, ...added]);
  return { identifiers: identifiers[0]?.value === first?.value ? identifiers : known };
}

function isUnread({ person }: PersonInDestination): boolean {
  return person.status === "unreachable" && person.code !== "unsupported";
}

/** Nothing was written anywhere: nobody knows whether the new name is somebody's already. */
function toUntouched(request: { place: PersonInDestination; others: readonly PersonInDestination[] }): RightsTarget {
  const { place, others } = request;
  const unread = others.find((other) => other.id === place.id && isUnread(other));
  if (unread !== undefined) return targetOfAbsent(unread);
  return place.person.status === "found"
    ? toTarget({ system: place.id, state: "waiting", outcome: "unchanged", reason: "notAttempted" })
    : targetOfAbsent(place);
}

/**
 * A value that no permitted purpose asks for is not written (collect less), and named as such; where a destination holds the old
 * one all the same, the old one is still wrong: a human erases it, or the person is asked.
 */
async function withWithheld(request: {
  targets: readonly RightsTarget[];
  places: readonly PersonInDestination[];
  result: SubmissionResult;
}): Promise<readonly RightsTarget[]> {
  const { targets, places, result } = request;
  const [first] = result.withheld;
  if (first === undefined) return targets;
  const withheld = result.withheld.map(({ attribute }) => attribute);
  return Promise.all(
    targets.map(async (target): Promise<RightsTarget> => {
      if (target.state !== "done") return target;
      try {
        const held = await readProfile({ places, system: target.system });
        const attributes = withheld.filter((attribute) => held?.attributes[attribute] !== undefined);
        if (attributes.length > 0) return { ...target, state: "needsHuman", outcome: "kept", reason: first.reason, attributes };
        return target.outcome === "notHeld" ? target : { ...target, reason: first.reason, attributes: withheld };
      } catch (error) {
        return { ...target, state: "waiting", outcome: "unreachable", reason: failureCode(error) };
      }
    }),
  );
}

async function readProfile(request: { places: readonly PersonInDestination[]; system: string }): Promise<StoredProfileV1 | null> {
  const place = request.places.find(({ id }) => id === request.system);
  if (place?.person.status !== "found") return null;
  return place.connector.profiles.get({ subjectRef: place.person.subjectRef });
}
