import type { Catalogue, CataloguedNotice, CataloguedPurpose } from "@volenti/core";
import type { DecisionRecord } from "@volenti/core/adapter";

/** The version of the purpose that a record names; undefined where the configuration has it no more. */
export function purposeOf(request: { record: DecisionRecord; catalogue: Catalogue }): CataloguedPurpose | undefined {
  const { purpose } = request.record;
  return request.catalogue.purposes.find(({ key, version }) => key === purpose.key && version === purpose.version);
}

/** The notice that a record names, by all four of its members: another text under the same version is none. */
export function noticeOf(request: { record: DecisionRecord; catalogue: Catalogue }): CataloguedNotice | undefined {
  const { id, version, locale, sha256 } = request.record.notice;
  return request.catalogue.notices.find(
    (notice) => notice.id === id && notice.version === version && notice.locale === locale && notice.sha256 === sha256,
  );
}

/** In the language of the notice, else in English, else the key. */
export function labelOf(request: { record: DecisionRecord; purpose: CataloguedPurpose | undefined }): string {
  const { record, purpose } = request;
  const [language = ""] = record.notice.locale.split("-");
  return purpose?.label[record.notice.locale] ?? purpose?.label[language] ?? purpose?.label["en"] ?? record.purpose.key;
}
