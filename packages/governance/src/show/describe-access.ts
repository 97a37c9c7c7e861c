import type { AccessView, HeldAttributes } from "./unified-view.ts";

const GROUNDS: Readonly<Record<AccessView["basis"], string>> = {
  consent: "with consent",
  contract: "for a contract",
  legalObligation: "because a law demands it",
  vitalInterests: "to protect somebody's life",
  publicTask: "for a task in the public interest",
  legitimateInterests: "in a legitimate interest",
};

/** One ground of access as plain sentences. Names of attributes, destinations and recipients; never a value. */
export function describeAccess(access: Omit<AccessView, "sentence">): string {
  const { label, channel, basis, attributes, destinations, recipients, suspended } = access;
  const name = channel === "*" ? `“${label}”` : `“${label}” by ${channel}`;
  const uses =
    attributes.length === 0
      ? `${name} is permitted ${GROUNDS[basis]}, and nothing that it may use is held.`
      : `${name} may use ${list(attributes)}, ${GROUNDS[basis]}.`;
  const places = destinations.length === 0 ? "" : ` Held in ${destinations.map((place) => describePlace({ place, attributes })).join("; ")}.`;
  const receivers = recipients.length === 0 ? " Nobody else receives it." : ` May be given to ${list(recipients)}.`;
  return `${uses}${places}${receivers} ${describeGround(access)}${suspended ? " Suspended: processing is restricted." : ""}`;
}

/** What is held without a purpose as a plain sentence. */
export function describeHeldWithoutPurpose({ id, region, attributes }: HeldAttributes): string {
  return `${id} (${region}) holds ${list(attributes)} though no purpose permits it now.`;
}

/** A purpose's label: of the locale, else of its language, else English, else the first. */
export function labelOf(request: { label: Readonly<Record<string, string>>; locale: string; key: string }): string {
  const { label, locale, key } = request;
  const language = locale.split(/[-_]/, 1)[0] ?? locale;
  const sameLanguage = Object.keys(label).find((candidate) => candidate.split(/[-_]/, 1)[0]?.toLowerCase() === language.toLowerCase());
  return label[locale] ?? label[language] ?? (sameLanguage === undefined ? undefined : label[sameLanguage]) ?? label["en"] ?? Object.values(label)[0] ?? key;
}

function describePlace(request: { place: HeldAttributes; attributes: readonly string[] }): string {
  const { place, attributes } = request;
  const held = place.attributes.length === attributes.length ? "" : `: ${list(place.attributes)}`;
  return `${place.id} (${place.region}${held})`;
}

function describeGround({ since, status, notice, mechanism }: Omit<AccessView, "sentence">): string {
  const shown = notice === null ? "" : ` under notice ${notice.id} ${notice.version} (${notice.locale})`;
  if (since !== null) return `Since ${since}: ${status ?? "known"}${shown}.`;
  return mechanism === "noticeOnly" ? "No decision is recorded: the purpose needs none." : "No decision is recorded: permitted until refused.";
}

function list(names: readonly string[]): string {
  return names.join(", ");
}
