import type { ResolvedConfiguration } from "../configuration/resolve-configuration.ts";
import { matchesAnyAttribute } from "../model/attribute-pattern.ts";
import type { CatalogueIndex } from "../configuration/catalogue-index.ts";
import type { CataloguedNotice, CataloguedPurpose } from "../model/catalogue.ts";
import { ANY_CHANNEL } from "../model/consent-state.ts";
import { isGrant } from "../model/consent-status.ts";
import type { Purpose } from "../model/purpose.ts";
import type { SubmittedDecision } from "../model/submission.ts";
import type { Problem } from "../model/submission-result.ts";
import type { RawDecision } from "../model/submission-schema.ts";

/**
 * Finds the catalogue versions that the decisions name, and the consent keys that they decide. A decision that is
 * undefined (its shape was wrong) is passed over.
 */
export function checkDecisions(request: {
  decisions: readonly (RawDecision | undefined)[];
  configuration: ResolvedConfiguration;
}): { decisions: readonly SubmittedDecision[]; problems: readonly Problem[] } {
  const { index } = request.configuration;
  const problems: Problem[] = [];
  const decisions: SubmittedDecision[] = [];
  const keys = new Set<string>();
  const ids = new Set<string>();
  for (const [position, raw] of request.decisions.entries()) {
    if (raw === undefined) continue;
    const path = `decisions[${position}]`;
    const found = findNotice({ raw, index, path });
    problems.push(...found.problems);
    const { purpose, notice } = found;
    if (purpose === null) continue;
    const own = [...checkChannel({ raw, purpose, path }), ...checkScope({ raw, purpose, path }), ...checkMembers({ raw, path })];
    const channels = decidedChannels({ channel: raw.channel, purpose });
    if (channels.some((channel) => keys.has(`${purpose.key}\u0000${channel}`))) own.push({ path, code: "duplicateDecision" });
    for (const channel of channels) keys.add(`${purpose.key}\u0000${channel}`);
    const id = raw.id?.toLowerCase();
    if (id !== undefined && ids.has(id)) own.push({ path: `${path}.id`, code: "duplicateDecision" });
    if (id !== undefined) ids.add(id);
    problems.push(...own);
    if (notice !== null) decisions.push({ raw, purpose, notice });
  }
  return { decisions, problems };
}

function findNotice(request: { raw: RawDecision; index: CatalogueIndex; path: string }): {
  purpose: CataloguedPurpose | null;
  notice: CataloguedNotice | null;
  problems: readonly Problem[];
} {
  const { raw, index, path } = request;
  const current = index.currentPurposes.get(raw.purpose) ?? null;
  const problems: Problem[] = current === null ? [{ path: `${path}.purpose`, code: "unknownPurpose" }] : [];
  const versions = index.notices.get(raw.notice);
  const locales = versions?.get(raw.noticeVersion);
  const notice = locales?.get(raw.locale) ?? null;
  if (versions === undefined) problems.push({ path: `${path}.notice`, code: "unknownNotice" });
  else if (locales === undefined) problems.push({ path: `${path}.noticeVersion`, code: "unknownNoticeVersion" });
  else if (notice === null) problems.push({ path: `${path}.locale`, code: "unknownNoticeLocale" });
  if (current === null || notice === null) return { purpose: current, notice, problems };
  const entry = notice.purposes.find((name) => name === raw.purpose || name.startsWith(`${raw.purpose}@`));
  if (entry === undefined) {
    problems.push({ path: `${path}.purpose`, code: "purposeNotInNotice" });
    return { purpose: current, notice, problems };
  }
  // A notice was about the version that it names, or that was there first: a newer one that came since asks for a newer notice.
  return { purpose: index.purposeVersions.get(entry) ?? index.firstPurposes.get(entry) ?? current, notice, problems };
}

function checkChannel(request: { raw: RawDecision; purpose: CataloguedPurpose; path: string }): Problem[] {
  const { raw, purpose, path } = request;
  if (raw.channel !== undefined) {
    return purpose.channels.includes(raw.channel) ? [] : [{ path: `${path}.channel`, code: "unknownChannel" }];
  }
  const needsOne = isGrant(raw.status) && purpose.channels.length > 0;
  return needsOne ? [{ path: `${path}.channel`, code: "channelRequired" }] : [];
}

function checkScope(request: { raw: RawDecision; purpose: CataloguedPurpose; path: string }): Problem[] {
  const { raw, purpose, path } = request;
  const problems: Problem[] = [];
  for (const [position, recipient] of (raw.recipients ?? []).entries()) {
    if (!purpose.recipients.includes(recipient)) problems.push({ path: `${path}.recipients[${position}]`, code: "unknownRecipient" });
  }
  for (const [position, attribute] of (raw.attributes ?? []).entries()) {
    const isInside = matchesAnyAttribute({ patterns: purpose.attributes, attribute });
    if (!isInside) problems.push({ path: `${path}.attributes[${position}]`, code: "attributeOutsidePurpose" });
  }
  return problems;
}

function checkMembers(request: { raw: RawDecision; path: string }): Problem[] {
  const { raw, path } = request;
  const isConfirmed = raw.confirmation?.state === "confirmed";
  return raw.status === "confirmed" && !isConfirmed ? [{ path: `${path}.confirmation`, code: "confirmationRequired" }] : [];
}

/** A decision without a channel speaks for `*` and for every channel of its purpose. */
export function decidedChannels(request: { channel: string | undefined; purpose: Pick<Purpose, "channels"> }): readonly string[] {
  const { channel, purpose } = request;
  return channel === undefined ? [ANY_CHANNEL, ...purpose.channels] : [channel];
}
