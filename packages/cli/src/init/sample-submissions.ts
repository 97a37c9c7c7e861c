/** A few submissions of people who do not exist: a yes, a no, and one from Russia. */
export function sampleSubmissions(): string {
  return `${[FRENCH, BRITISH, RUSSIAN].map((submission) => JSON.stringify(submission)).join("\n")}\n`;
}

const NOTICE = { notice: "signup", noticeVersion: "1", method: "checkbox" } as const;

const FRENCH = {
  submissionId: "0b8f4a52-7d0e-4c0b-9f2e-3f1b6f2a0001",
  collectionPoint: "paris-flagship",
  occurredAt: "2026-11-20T10:15:00.000Z",
  country: "FR",
  subject: { identifiers: [{ kind: "email", value: "ines@example.com" }], ageBand: "adult" },
  profile: {
    givenName: "Inès",
    familyName: "Moreau",
    email: "ines@example.com",
    locale: "fr-FR",
    birthdate: "1990-02-03",
  },
  decisions: [{ purpose: "marketing.email", channel: "email", status: "given", locale: "en-GB", ...NOTICE }],
};

const BRITISH = {
  submissionId: "0b8f4a52-7d0e-4c0b-9f2e-3f1b6f2a0002",
  collectionPoint: "web-shop",
  occurredAt: "2026-11-20T11:00:00.000Z",
  country: "GB",
  subject: { identifiers: [{ kind: "email", value: "omar@example.org" }], ageBand: "adult" },
  profile: { givenName: "Omar", familyName: "Reid", email: "omar@example.org" },
  decisions: [{ purpose: "marketing.email", channel: "email", status: "refused", locale: "en-GB", ...NOTICE }],
};

const RUSSIAN = {
  submissionId: "0b8f4a52-7d0e-4c0b-9f2e-3f1b6f2a0003",
  collectionPoint: "moscow-store",
  occurredAt: "2026-11-20T12:30:00.000Z",
  country: "RU",
  subject: { identifiers: [{ kind: "email", value: "anna@example.net" }], ageBand: "adult" },
  profile: { givenName: "Анна", familyName: "Смирнова", email: "anna@example.net" },
  decisions: [
    { purpose: "marketing.email", channel: "email", status: "given", locale: "ru-RU", separate: true, ...NOTICE },
  ],
};
