import type { Identifier, IdentifierKind } from "@volenti/core/adapter";
import type { CaseContext } from "../run/case-context.ts";
import { randomMark } from "../world/random.ts";
import type { Person } from "../world/person.ts";
import { toQuery } from "./consult.ts";

/** A person who has the identifier in whatever way the system finds people by: a ledger's link, or the profile. */
export async function recordPersonOf(request: { context: CaseContext; identifier: Identifier }): Promise<Person> {
  const { context, identifier } = request;
  const { connector } = context;
  let person: Person = { ...context.stranger(), identifiers: [identifier] };
  const [answer] =
    (await connector.ledger?.consult({
      queries: [toQuery({ proposedRef: person.ref, identifiers: [identifier] })],
    })) ?? [];
  if (answer !== undefined) person = { ...person, ref: answer.ref };
  const change = { changedAt: context.at(0), submissionId: globalThis.crypto.randomUUID() };
  const attribute = identifier.kind === "email" ? "email" : identifier.kind === "phone" ? "phoneNumber" : null;
  await context.record({
    person,
    decisions: [{ status: "given", at: context.at(0) }],
    profile: {
      familyName: { value: "Moreau", ...change },
      ...(attribute === null ? {} : { [attribute]: { value: identifier.value, ...change } }),
    },
  });
  return person;
}

/** One that nobody has. */
export function makeIdentifier(kind: IdentifierKind): Identifier {
  const mark = randomMark();
  if (kind === "email") return { kind, value: `find-${mark}@example.com` };
  // Ofcom's numbers for drama have too few digits for one a case; the +999 code is assigned to nobody.
  if (kind === "phone") return { kind, value: `+999${Number.parseInt(mark, 16).toString().padStart(11, "0").slice(-11)}` };
  return { kind, value: `${kind}-${mark}` };
}
