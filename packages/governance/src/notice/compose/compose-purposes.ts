import { readPurpose, type CataloguedPurpose } from "@volenti/core";
import { matchesAnyAttribute } from "@volenti/core/adapter";
import { fill, labelOf, labelsOf, textIn, type ComposeItem, type NoticeContext } from "../notice-context.ts";

export const composePurposes: ComposeItem = ({ purposes, locale, phrases }) => ({
  list: purposes.map((purpose) => fill(phrases.purpose, { label: labelOf({ purpose, locale }), basis: phrases.bases[purpose.basis] })),
  missing: purposes.filter(({ label }) => textIn({ texts: label, locale }) === undefined).map(({ key }) => `purposes.${key}.label.${locale}`),
});

export const composeInterests: ComposeItem = ({ volenti: { information }, purposes, locale, phrases }) => {
  const concerned = purposes.filter(({ basis }) => basis === "legitimateInterests");
  if (concerned.length === 0) return null;
  const told = concerned.map((purpose) => ({ purpose, text: textIn({ texts: information.legitimateInterests?.[purpose.key], locale }) }));
  return {
    list: told.flatMap(({ purpose, text }) => (text === undefined ? [] : [fill(phrases.labelled, { label: labelOf({ purpose, locale }), text })])),
    missing: told.flatMap(({ purpose: { key }, text }) => (text === undefined ? [`information.legitimateInterests.${key}.${locale}`] : [])),
  };
};

export const composeCategories: ComposeItem = ({ volenti: { attributes, information }, purposes, locale, phrases }) => {
  const patterns = purposes.flatMap((purpose) => purpose.attributes);
  const used = [...attributes].filter(([attribute]) => matchesAnyAttribute({ patterns, attribute }));
  const own = used.filter(([, { category }]) => category === "brand").map(([name]) => ({ name, text: textIn({ texts: information.attributes?.[name], locale }) }));
  const categories = new Set(used.flatMap(([, { category }]) => (category === "brand" ? [] : [category])));
  return {
    list: [...[...categories].map((category) => phrases.categories[category]), ...own.flatMap(({ text }) => text ?? [])],
    missing: own.flatMap(({ name, text }) => (text === undefined ? [`information.attributes.${name}.${locale}`] : [])),
  };
};

export const composeWithdrawal: ComposeItem = ({ volenti: { controller: { contact } }, purposes, phrases }) =>
  purposes.some(({ basis }) => basis === "consent") ? { introduction: [fill(phrases.withdrawal, { contact })] } : null;

export const composeObligation: ComposeItem = (context) => {
  const { purposes, phrases } = context;
  const groups = [
    [phrases.neededForContract, purposes.filter(({ basis }) => basis === "contract")],
    [phrases.neededByLaw, purposes.filter(({ basis }) => basis === "legalObligation")],
    [phrases.voluntary, purposes.filter(({ basis }) => basis !== "contract" && basis !== "legalObligation")],
  ] as const;
  return { introduction: groups.flatMap(([phrase, group]) => (group.length === 0 ? [] : [fill(phrase, { labels: labelsOf({ ...context, purposes: group }) })])) };
};

const SALES: ReadonlySet<string> = new Set(["sale", "sharing", "targetedAdvertising"]);

/** That nothing is sold can be said only where it is known of every purpose what it is for. */
export const composeSale: ComposeItem = (context) => {
  const { volenti, phrases } = context;
  const { contact } = volenti.controller;
  const kinds = context.purposes.map((purpose) => ({ purpose, ...readPurpose({ purpose, sensitivePurposes: [] }) }));
  const unknown = kinds.filter(({ kind, aspects }) => kind === null && aspects.includes("disclosure"));
  const sales = kinds.filter(({ kind }) => kind !== null && SALES.has(kind)).map(({ purpose }) => purpose);
  if (sales.length > 0) return { introduction: [fill(phrases.saleOptOut, { labels: labelsOf({ ...context, purposes: sales }), contact })], missing: missingKinds(unknown) };
  return unknown.length > 0 ? { missing: missingKinds(unknown) } : { introduction: [phrases.noSale] };
};

function missingKinds(unknown: readonly { readonly purpose: CataloguedPurpose }[]): readonly string[] {
  return unknown.map(({ purpose: { key } }) => `purposes.${key}.kind`);
}

/** What a person may object to, without a consent having been asked for. */
export function objectable({ purposes }: Pick<NoticeContext, "purposes">): readonly CataloguedPurpose[] {
  return purposes.filter(({ mechanism }) => mechanism === "optOut");
}
