import type { Catalogue, CataloguedNotice } from "@volenti/core/adapter";

/** The last notice of the configuration that informs about the purpose; one of its current version before all others. */
export function latestNotice(request: { purpose: string; catalogue: Catalogue }): CataloguedNotice | undefined {
  const { purpose, catalogue } = request;
  const versions = catalogue.purposes.filter(({ key }) => key === purpose);
  const current = versions.find(({ current: isCurrent }) => isCurrent)?.version;
  const first = versions[0]?.version;
  const versionIn = ({ purposes }: CataloguedNotice): string | undefined => {
    if (purposes.includes(purpose)) return first;
    return purposes.find((name) => name.startsWith(`${purpose}@`))?.slice(purpose.length + 1);
  };
  const informing = catalogue.notices.filter((notice) => versionIn(notice) !== undefined);
  return informing.findLast((notice) => versionIn(notice) === current) ?? informing.at(-1);
}
