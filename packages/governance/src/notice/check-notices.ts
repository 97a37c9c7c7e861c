import type { CataloguedNotice, RegimesConfiguration, Volenti } from "@volenti/core";
import { countriesOf, type ServedRow } from "./served-rows.ts";
import type { RegimeFinding } from "./regime-finding.ts";
import { renderNotice } from "./render-notice.ts";
import { findPhrases } from "./phrases/find-phrases.ts";

/** Compares the notices with the purposes, and what can be told of the controller with what the law wants told. */
export function checkNotices(request: { volenti: Volenti; rows: readonly ServedRow[]; regimes: RegimesConfiguration }): readonly RegimeFinding[] {
  return [...checkInformed(request.volenti), ...checkStandalone(request), ...checkItems(request)];
}

function checkInformed({ catalogue: { purposes, notices } }: Volenti): readonly RegimeFinding[] {
  const named = new Set(notices.flatMap((notice) => notice.purposes));
  return purposes
    .filter(({ current }) => current)
    .filter(({ key, version }) => !named.has(`${key}@${version}`) && !(named.has(key) && purposes.find((purpose) => purpose.key === key)?.version === version))
    .map(({ key }) => ({ code: "purposeWithoutNotice", subject: `purposes.${key}`, detail: "", law: null, places: [], row: null }));
}

/** Of each notice the last version alone: what was shown before cannot be put right. */
function checkStandalone(request: { volenti: Volenti; rows: readonly ServedRow[] }): readonly RegimeFinding[] {
  const { volenti: { catalogue }, rows } = request;
  const consents = new Set(catalogue.purposes.filter(({ basis, current }) => current && basis === "consent").map(({ key }) => key));
  const latest = new Map(catalogue.notices.map((notice) => [`${notice.id}\u0000${notice.locale}`, notice]));
  const bundled = [...latest.values()].filter(({ standalone, purposes }) => !standalone && purposes.some((name) => consents.has(name.split("@")[0] ?? "")));
  return bundled.flatMap((notice) =>
    rows.flatMap(({ row, served }): RegimeFinding[] =>
      row.rule.about === "demand" && row.rule.demand.standalone === true
        ? [{ code: "noticeNotStandalone", subject: `notices.${nameOf(notice)}`, detail: "standalone", law: row.law, places: served, row }]
        : [],
    ),
  );
}

function nameOf({ id, version, locale }: CataloguedNotice): string {
  return `${id}@${version} (${locale})`;
}

/**
 * What the configuration cannot say in the languages of its notices, by law: the same whether or not `volenti notice` is used,
 * since a notice that a person wrote has to say it too. A language without phrases is judged by what does not depend on it.
 */
function checkItems(request: { volenti: Volenti; rows: readonly ServedRow[]; regimes: RegimesConfiguration }): readonly RegimeFinding[] {
  const { volenti, rows, regimes } = request;
  const locales = [...new Set(volenti.catalogue.notices.map(({ locale }) => locale.replaceAll("_", "-")))].filter((locale) => findPhrases(locale) !== null);
  const findings = new Map<string, RegimeFinding>();
  for (const { row, served } of rows) {
    if (row.rule.about !== "notice") continue;
    for (const place of served) {
      const country = countriesOf({ regimes, place }).find((candidate) => volenti.routeOf(candidate).length > 0) ?? place;
      for (const locale of locales.length > 0 ? locales : ["en"]) {
        const { gaps } = renderNotice({ volenti, request: { locale, country: place.includes("-") ? place : country } });
        for (const { law, provision, item, missing } of gaps.filter((gap) => gap.law === row.law)) {
          const detail = `${provision} ${item}`;
          findings.set(`${law} ${detail} ${missing}`, { code: "noticeItemMissing", subject: missing, detail, law, places: served, row });
        }
      }
    }
  }
  return [...findings.values()];
}
