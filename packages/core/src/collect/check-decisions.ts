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
  const taken = new Set<string>();
  let position = 0;
  const tell: Tell = (member, code) =>
    void problems.push({ path: `decisions[${position}]${member === "" ? "" : `.${member}`}`, code });
  for (; position < request.decisions.length; position += 1) {
    const raw = request.decisions[position];
    if (raw === undefined) continue;
    const purpose = index.currentPurposes.get(raw.purpose);
    if (purpose === undefined) tell("purpose", "unknownPurpose");
    const notice = findNotice({ raw, index, tell });
    if (purpose === undefined) continue;
    const named = notice === null ? purpose : findPurposeVersion({ raw, notice, purpose, index, tell });
    checkMeaning({ raw, purpose: named, tell });
    takeKeys({ raw, purpose: named, taken, tell });
    if (notice !== null) decisions.push({ raw, purpose: named, notice });
  }
  return { decisions, problems };
}

/** Tells a problem of one member of the decision; `""` for the decision as a whole. */
type Tell = (member: string, code: string) => void;

function findNotice(request: { raw: RawDecision; index: CatalogueIndex; tell: Tell }): CataloguedNotice | null {
  const { raw, index, tell } = request;
  const versions = index.notices.get(raw.notice);
  const locales = versions?.get(raw.noticeVersion);
  const notice = locales?.get(raw.locale) ?? null;
  if (versions === undefined) tell("notice", "unknownNotice");
  else if (locales === undefined) tell("noticeVersion", "unknownNoticeVersion");
  else if (notice === null) tell("locale", "unknownNoticeLocale");
  return notice;
}

/** A notice was about the version that it names, or that was there first: a newer one that came since asks for a newer notice. */
function findPurposeVersion(request: {
  raw: RawDecision;
  notice: CataloguedNotice;
  purpose: CataloguedPurpose;
  index: CatalogueIndex;
  tell: Tell;
}): CataloguedPurpose {
  const { raw, notice, purpose, index, tell } = request;
  for (const name of notice.purposes) {
    if (name === raw.purpose) return index.firstPurposes.get(name) ?? purpose;
    if (name.startsWith(`${raw.purpose}@`)) return index.purposeVersions.get(name) ?? purpose;
  }
  tell("purpose", "purposeNotInNotice");
  return purpose;
}

function checkMeaning(request: { raw: RawDecision; purpose: CataloguedPurpose; tell: Tell }): void {
  const { raw, purpose, tell } = request;
  if (raw.channel === undefined) {
    if (isGrant(raw.status) && purpose.channels.length > 0) tell("channel", "channelRequired");
  } else if (!purpose.channels.includes(raw.channel)) tell("channel", "unknownChannel");
  if (raw.recipients !== undefined) {
    for (const [position, recipient] of raw.recipients.entries()) {
      if (!purpose.recipients.includes(recipient)) tell(`recipients[${position}]`, "unknownRecipient");
    }
  }
  if (raw.attributes !== undefined) {
    for (const [position, attribute] of raw.attributes.entries()) {
      const isInside = matchesAnyAttribute({ patterns: purpose.attributes, attribute });
      if (!isInside) tell(`attributes[${position}]`, "attributeOutsidePurpose");
    }
  }
  if (raw.status === "confirmed" && raw.confirmation?.state !== "confirmed") tell("confirmation", "confirmationRequired");
  const isUnnamed = raw.confirmation?.tokenHash !== undefined && raw.confirmation.requestId === undefined;
  if (raw.status === "confirmed" && isUnnamed) tell("confirmation.requestId", "required");
}

/** Two decisions of one submission for one consent key, or under one id, would leave it to chance which of them counts. */
function takeKeys(request: { raw: RawDecision; purpose: CataloguedPurpose; taken: Set<string>; tell: Tell }): void {
  const { raw, purpose, taken, tell } = request;
  let isTaken = false;
  for (const channel of decidedChannels({ channel: raw.channel, purpose })) {
    const key = `${purpose.key}\u0000${channel}`;
    isTaken ||= taken.has(key);
    taken.add(key);
  }
  if (isTaken) tell("", "duplicateDecision");
  if (raw.id === undefined) return;
  const id = `id\u0000${raw.id.toLowerCase()}`;
  if (taken.has(id)) tell("id", "duplicateDecision");
  taken.add(id);
}

/** A decision without a channel speaks for `*` and for every channel of its purpose. */
export function decidedChannels(request: { channel: string | undefined; purpose: Pick<Purpose, "channels"> }): readonly string[] {
  const { channel, purpose } = request;
  return channel === undefined ? [ANY_CHANNEL, ...purpose.channels] : [channel];
}
