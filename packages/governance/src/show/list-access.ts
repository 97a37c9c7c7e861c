import { ANY_CHANNEL, matchesAnyAttribute, type Catalogue, type CataloguedPurpose } from "@volenti/core/adapter";
import { describeAccess, describeHeldWithoutPurpose, labelOf } from "./describe-access.ts";
import type { DecisionOrigin } from "./read-origins.ts";
import type { AccessView, ConsentView, HeldAttributes, HeldWithoutPurposeView } from "./unified-view.ts";

export interface AccessSources {
  readonly catalogue: Catalogue;
  readonly consents: readonly ConsentView[];
  readonly origins: ReadonlyMap<string, DecisionOrigin>;
  /** By destination: the names of what it holds of the person. */
  readonly held: readonly HeldAttributes[];
  /** Whether processing is restricted: nothing may be used meanwhile. */
  readonly isRestricted: boolean;
  /** Of purposes' labels. */
  readonly locale: string;
}

/**
 * Who may see what, on which ground: a row a purpose and channel that permits something now, by the rule that decides what
 * is sent. An unknown answer permits no opt-in purpose.
 */
export function listAccess(sources: AccessSources): readonly AccessView[] {
  return listGrounds(sources).map(({ purpose, consent, patterns }) => {
    const { decision, channel } = consent;
    const destinations = sources.held
      .map((place) => ({ ...place, attributes: place.attributes.filter((attribute) => matchesAnyAttribute({ patterns, attribute })) }))
      .filter(({ attributes }) => attributes.length > 0);
    const narrowedTo = purpose.mechanism === "optIn" ? (decision?.recipients ?? null) : null;
    const evidence = decision === null ? acknowledgementOf({ sources, consent }) : null;
    const row = {
      purpose: purpose.key,
      purposeVersion: decision?.purposeVersion ?? purpose.version,
      label: labelOf({ label: purpose.label, locale: sources.locale, key: purpose.key }),
      channel,
      basis: purpose.basis,
      mechanism: purpose.mechanism,
      attributes: [...new Set(destinations.flatMap(({ attributes }) => attributes))].toSorted(),
      destinations,
      recipients: purpose.recipients.filter((recipient) => narrowedTo === null || narrowedTo.includes(recipient)),
      since: decision?.effectiveAt ?? evidence?.since ?? null,
      decisionId: decision?.decisionId ?? evidence?.decisionId ?? null,
      status: decision?.status ?? evidence?.status ?? null,
      notice: decision?.notice ?? evidence?.notice ?? null,
      suspended: sources.isRestricted,
    };
    return { ...row, sentence: describeAccess(row) };
  });
}

/** What destinations hold though no purpose permits it now: to be erased, or asked for. */
export function listHeldWithoutPurpose(sources: AccessSources): readonly HeldWithoutPurposeView[] {
  const patterns = listGrounds(sources).flatMap((ground) => ground.patterns);
  return sources.held
    .map((place) => ({ ...place, attributes: place.attributes.filter((attribute) => !matchesAnyAttribute({ patterns, attribute })) }))
    .filter(({ attributes }) => attributes.length > 0)
    .map((place) => ({ ...place, sentence: describeHeldWithoutPurpose(place) }));
}

interface Ground {
  readonly purpose: CataloguedPurpose;
  readonly consent: ConsentView;
  readonly patterns: readonly string[];
}

function listGrounds({ catalogue, consents }: AccessSources): readonly Ground[] {
  return catalogue.purposes
    .filter(({ current }) => current)
    .flatMap((purpose) => {
      const channels: readonly string[] = purpose.channels.length === 0 ? [ANY_CHANNEL] : purpose.channels;
      return consents
        .filter((consent) => consent.purpose === purpose.key && channels.includes(consent.channel))
        .filter(({ answer }) => (purpose.mechanism === "optIn" ? answer === "granted" : answer !== "refused"))
        .map((consent) => ({ purpose, consent, patterns: patternsOf({ purpose, consent }) }));
    });
}

/** As a grant narrowed them; one under an earlier, wider version may name what the current version no longer needs. */
function patternsOf(request: { purpose: CataloguedPurpose; consent: ConsentView }): readonly string[] {
  const { purpose, consent } = request;
  const named = purpose.mechanism === "optIn" ? (consent.decision?.attributes ?? null) : null;
  if (named === null) return purpose.attributes;
  return [
    ...named.filter((attribute) => matchesAnyAttribute({ patterns: purpose.attributes, attribute })),
    ...purpose.attributes.filter((attribute) => matchesAnyAttribute({ patterns: named, attribute })),
  ];
}

/** Where nothing stands: when the person was last shown the purpose, which is evidence and no permission. */
function acknowledgementOf(request: { sources: AccessSources; consent: ConsentView }): {
  since: string;
  decisionId: string;
  status: "acknowledged";
  notice: DecisionOrigin["notice"];
} | null {
  const { sources, consent } = request;
  const [latest] = [...sources.origins]
    .filter(([, { purpose, status }]) => purpose === consent.purpose && status === "acknowledged")
    .filter(([, { channel }]) => channel === null || channel === consent.channel)
    .toSorted(([, left], [, right]) => right.effectiveAt - left.effectiveAt);
  if (latest === undefined) return null;
  const [decisionId, { effectiveAt, notice }] = latest;
  return { since: new Date(effectiveAt).toISOString(), decisionId, status: "acknowledged", notice };
}
