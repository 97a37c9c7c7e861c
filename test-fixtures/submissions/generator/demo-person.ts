import type { DemoCountry } from "./demo-country.ts";
import type { DemoDecision } from "./demo-submission.ts";

/** A person of the demonstration, with what stays the same over all of their submissions. */
export interface DemoPerson {
  readonly country: DemoCountry;
  /** Position in the country, from 0. */
  readonly position: number;
  readonly givenName: string;
  readonly familyName: string;
  readonly email: string;
  readonly phoneNumber?: string;
  readonly birthdate: string;
  readonly streetAddress: string;
}

const DOMAINS = ["example.com", "example.org", "example.net", "boutique.example", "mail.test"];

/** Everybody of a country, in the order of its list. */
export function toPeople(country: DemoCountry): readonly DemoPerson[] {
  return country.people.map(([givenName, familyName, mailbox], position) => {
    const number = String(position + 1).padStart(2, "0");
    return {
      country,
      position,
      givenName,
      familyName,
      email: `${mailbox}@${DOMAINS[position % DOMAINS.length] ?? "example.com"}`,
      ...(country.phonePrefix === undefined ? {} : { phoneNumber: `${country.phonePrefix}${number}` }),
      birthdate: `${1958 + position * 3}-${number}-${String(28 - position)}`.replace(/-(1[3-9])-/, "-12-"),
      streetAddress: `${country.address.streetAddress} ${position + 1}`,
    };
  });
}

/** A decision on the notice that people of the country are shown. */
export function toDecision(request: {
  person: DemoPerson;
  purpose: string;
  status: string;
  channel?: string;
  method?: string;
}): DemoDecision {
  const { person, purpose, status, channel } = request;
  return {
    purpose,
    ...(channel === undefined ? {} : { channel }),
    status,
    notice: "signup",
    noticeVersion: "3",
    locale: person.country.locale,
    method: request.method ?? "checkbox",
  };
}

export function toAddress(person: DemoPerson): Record<string, string> {
  const { address, code } = person.country;
  return {
    streetAddress: person.streetAddress,
    locality: address.locality,
    postalCode: address.postalCode,
    country: code,
  };
}
