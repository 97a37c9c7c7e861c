import type { Catalogue, CataloguedNotice, CataloguedPurpose } from "../model/catalogue.ts";

/** The catalogue by name, for look-ups a decision. */
export interface CatalogueIndex {
  /** By key: the version that decisions name now. */
  readonly currentPurposes: ReadonlyMap<string, CataloguedPurpose>;
  /** By key: the first version that the configuration lists, which is what a notice means that names none. */
  readonly firstPurposes: ReadonlyMap<string, CataloguedPurpose>;
  /** By `key@version`. */
  readonly purposeVersions: ReadonlyMap<string, CataloguedPurpose>;
  /** By id, then version, then locale. */
  readonly notices: ReadonlyMap<string, ReadonlyMap<string, ReadonlyMap<string, CataloguedNotice>>>;
}

export function indexCatalogue(catalogue: Catalogue): CatalogueIndex {
  const notices = new Map<string, Map<string, Map<string, CataloguedNotice>>>();
  for (const notice of catalogue.notices) {
    const versions = notices.get(notice.id) ?? new Map<string, Map<string, CataloguedNotice>>();
    const locales = versions.get(notice.version) ?? new Map<string, CataloguedNotice>();
    notices.set(notice.id, versions.set(notice.version, locales.set(notice.locale, notice)));
  }
  return {
    currentPurposes: new Map(catalogue.purposes.filter(({ current }) => current).map((purpose) => [purpose.key, purpose])),
    firstPurposes: new Map(catalogue.purposes.toReversed().map((purpose) => [purpose.key, purpose])),
    purposeVersions: new Map(catalogue.purposes.map((purpose) => [`${purpose.key}@${purpose.version}`, purpose])),
    notices,
  };
}
