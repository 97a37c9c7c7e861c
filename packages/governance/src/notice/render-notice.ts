import { ConnectorError, placesOf, readRegimes, type GoverningRegimeRow, type NoticeDuty, type NoticeItem, type Volenti } from "@volenti/core";
import { isEeaMember, regimeRules } from "@volenti/jurisdictions";
import { composeRecipients, composeRetention, composeTransfers } from "./compose/compose-flows.ts";
import { composeComplaint, composeController, composeOfficer, composeRepresentative } from "./compose/compose-parties.ts";
import { composeCategories, composeInterests, composeObligation, composePurposes, composeSale, composeWithdrawal } from "./compose/compose-purposes.ts";
import { composeAutomatedDecisions, composeRights } from "./compose/compose-rights.ts";
import type { InformationNotice, InformationRequest, NoticeGap, NoticeSection } from "./information-notice.ts";
import { fill, type ComposeItem, type NoticeContext } from "./notice-context.ts";
import { findPhrases } from "./phrases/find-phrases.ts";

const COMPOSERS: Readonly<Record<NoticeItem, ComposeItem>> = {
  controllerIdentity: composeController,
  representative: composeRepresentative,
  dataProtectionOfficer: composeOfficer,
  purposesAndBases: composePurposes,
  legitimateInterests: composeInterests,
  dataCategories: composeCategories,
  recipients: composeRecipients,
  transfers: composeTransfers,
  retention: composeRetention,
  rights: composeRights,
  withdrawal: composeWithdrawal,
  complaint: composeComplaint,
  obligation: composeObligation,
  automatedDecisions: composeAutomatedDecisions,
  optOutOfSale: composeSale,
};

/** What the first layer says: who, what for, what people may do about it. The rest is behind its link. */
const FIRST_LAYER: ReadonlySet<NoticeItem> = new Set(["controllerIdentity", "purposesAndBases", "rights", "withdrawal", "optOutOfSale"]);

type NamedDuty = NoticeDuty & { readonly law: string };

/** Renders a notice from the configuration alone: contacts nobody. Rejects a country that is none, or a locale, with `invalidInput`. */
export function renderNotice(given: { volenti: Volenti; request: InformationRequest }): InformationNotice {
  const { volenti, request } = given;
  const { locale, layer = "full", country = volenti.controller.country } = request;
  ensureReadable({ locale, country });
  const rows = rowsFor({ volenti, country });
  const duties = dutiesOf(rows).filter(({ item }) => layer === "full" || FIRST_LAYER.has(item));
  const phrases = findPhrases(locale);
  const frame = { schema: "volenti-information-notice-1", locale, layer, country, laws: [...new Set(duties.map(({ law }) => law))] } as const;
  if (phrases === null) {
    return { ...frame, title: volenti.controller.name, sections: [], gaps: duties.map((duty) => toGap({ duty, missing: "phrases" })) };
  }
  const purposes = volenti.catalogue.purposes.filter(({ current }) => current);
  const [countryOnly = country] = country.split("-");
  const context: NoticeContext = { volenti, locale, phrases, country: countryOnly, purposes, rows, isEstablished: isEstablished({ volenti, country: countryOnly }) };
  const { sections, gaps } = compose({ context, duties });
  return { ...frame, title: phrases.title, sections: layer === "first" ? linked({ sections, context }) : sections, gaps };
}

function ensureReadable({ locale, country }: { locale: string; country: string }): void {
  const isLocale = /^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*$/.test(locale);
  const fieldNames = [...(isLocale ? [] : ["locale"]), ...(/^[A-Z]{2}(?:-[A-Z0-9]{1,3})?$/.test(country) ? [] : ["country"])];
  if (fieldNames.length > 0) throw new ConnectorError({ code: "invalidInput", connectorId: "governance", operation: "notice", fieldNames });
}

/** The rows that hold for a place; a place without a notice of its own is given that of the GDPR, the fullest. */
function rowsFor(request: { volenti: Volenti; country: string }): readonly GoverningRegimeRow[] {
  const { volenti, country } = request;
  const regimes = volenti.regimes ?? { rules: regimeRules };
  const rows = readRegimes(regimes).filter(({ applies }) => applies);
  const places = placesOf({ jurisdictions: country.includes("-") ? [country.slice(0, 2), country] : [country], regions: regimes.rules.regions });
  const here = rows.filter(({ row }) => row.places.some((place) => places.includes(place)));
  if (here.some(({ row }) => row.rule.about === "notice")) return here;
  return [...here, ...rows.filter(({ row }) => row.places.includes("EU") && (row.rule.about === "notice" || row.rule.about === "rights"))];
}

function dutiesOf(rows: readonly GoverningRegimeRow[]): readonly NamedDuty[] {
  return rows.flatMap(({ row: { law, rule } }) => (rule.about === "notice" ? rule.items.map((duty) => ({ ...duty, law })) : []));
}

/** A law of the place knows the controller: its own country's, or that of the Area it belongs to. */
function isEstablished(request: { volenti: Volenti; country: string }): boolean {
  const { volenti: { controller }, country } = request;
  return controller.country === country || (isEeaMember(controller.country) && isEeaMember(country));
}

function compose(request: { context: NoticeContext; duties: readonly NamedDuty[] }): Pick<InformationNotice, "sections" | "gaps"> {
  const { context, duties } = request;
  const sections: NoticeSection[] = [];
  const gaps: NoticeGap[] = [];
  const composed = new Map([...new Set(duties.map(({ item }) => item))].map((item) => [item, COMPOSERS[item](context)]));
  for (const [item, part] of composed) {
    const { introduction = [], list = [], closing = [] } = part ?? {};
    if (introduction.length + list.length === 0) continue;
    sections.push({ item, title: context.phrases.items[item], introduction, list, closing });
  }
  for (const duty of duties) {
    for (const missing of composed.get(duty.item)?.missing ?? []) gaps.push(toGap({ duty, missing }));
  }
  return { sections, gaps };
}

function toGap(request: { duty: NamedDuty; missing: string }): NoticeGap {
  const { duty: { law, provision, item }, missing } = request;
  return { law, provision, item, missing };
}

/** Who reads the first layer is told where the rest is. */
function linked(request: { sections: readonly NoticeSection[]; context: NoticeContext }): readonly NoticeSection[] {
  const { sections, context: { phrases, volenti: { controller } } } = request;
  const more = fill(phrases.more, { url: controller.privacyPolicyUrl });
  return sections.map((section, index) => (index === sections.length - 1 ? { ...section, closing: [...section.closing, more] } : section));
}
