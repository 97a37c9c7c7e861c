import { PURPOSES } from "./shop-configuration.ts";

const GIVEN_NAMES = ["Inès", "Louis", "Анна", "Jürgen", "Chloé", "Søren", "Zoë", "Mateo"];
const FAMILY_NAMES = ["Moreau", "Petit", "Иванова", "Müller", "Lefèvre", "Nielsen", "García"];

/** A made-up customer's submission: three decisions, twelve attributes; another person for every index. */
export function makeSubmission(index: number): Record<string, unknown> {
  const email = `customer-${index}@example.com`;
  return {
    submissionId: `5f0f5e0e-6a1e-4a53-8d0b-${index.toString(16).padStart(12, "0")}`,
    collectionPoint: "paris-flagship",
    occurredAt: "2025-03-01T10:15:00.000Z",
    country: "FR",
    subject: { identifiers: [{ kind: "email", value: email }], ageBand: "adult" },
    profile: {
      givenName: GIVEN_NAMES[index % GIVEN_NAMES.length],
      familyName: FAMILY_NAMES[index % FAMILY_NAMES.length],
      middleName: "Anne",
      nickname: `Nana ${index % 100}`,
      email,
      phoneNumber: `+3319900${String(index % 10_000).padStart(4, "0")}`,
      birthdate: `19${60 + (index % 40)}-02-03`,
      locale: "fr-FR",
      address: { streetAddress: `${index % 200} rue de l'Exemple`, locality: "Paris", postalCode: "75001", country: "FR" },
    },
    decisions: PURPOSES.map(({ key, channels: [channel] }) => ({
      purpose: key,
      channel,
      status: "given",
      notice: "signup",
      noticeVersion: "3",
      locale: "fr-FR",
      method: "checkbox",
    })),
    actor: { kind: "subject" },
  };
}

export const DECISIONS_A_SUBMISSION = PURPOSES.length;
