import type { Catalogue, CataloguedNotice } from "@volenti/core/adapter";

/**
 * The last notice of the configuration that informs about the purpose; one of its current version before all others, and of
 * these one for the person's country (`fr-FR`) where that is known and there is one.
 */
export function latestNotice(request: { purpose: string; catalogue: Catalogue; country?: string | null }): CataloguedNotice | undefined {
  const { purpose, catalogue, country = null } = request;
  const versions = catalogue.purposes.filter(({ key }) => key === purpose);
  const current = versions.find(({ current: isCurrent }) => isCurrent)?.version;
  const first = versions[0]?.version;
  const versionIn = ({ purposes }: CataloguedNotice): string | undefined => {
    if (purposes.includes(purpose)) return first;
    return purposes.find((name) => name.startsWith(`${purpose}@`))?.slice(purpose.length + 1);
  };
  const informing = catalogue.notices.filter((notice) => versionIn(notice) !== undefined);
  const ofCurrent = informing.filter((notice) => versionIn(notice) === current);
  const best = ofCurrent.length > 0 ? ofCurrent : informing;
  return best.findLast(({ locale }) => country !== null && locale.endsWith(`-${country}`)) ?? best.at(-1);
}
