import type { IdentifierKind } from "@volenti/core/adapter";
import type { PersonInDestination } from "../../support/find-person.ts";

const KINDS = { email: "email", phoneNumber: "phone" } as const satisfies Readonly<Record<string, IdentifierKind>>;

/** What the destinations hold of a person that might name them, for use in flight. Rejects where one cannot be read. */
export async function listIdentifiers(request: {
  places: readonly PersonInDestination[];
}): Promise<readonly { readonly kind: IdentifierKind; readonly value: string }[]> {
  const found = request.places.flatMap(({ connector, person }) => (person.status === "found" ? [{ connector, subjectRef: person.subjectRef }] : []));
  const profiles = await Promise.all(found.map(({ connector, subjectRef }) => connector.profiles.get({ subjectRef })));
  return profiles.flatMap((profile) =>
    Object.entries(KINDS).flatMap(([attribute, kind]) => {
      const value = profile?.attributes[attribute]?.value;
      return typeof value === "string" ? [{ kind, value }] : [];
    }),
  );
}
