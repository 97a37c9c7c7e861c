import { listThirdParties, type ThirdParty } from "./list-third-parties.ts";
import type { LockedPackages } from "./locked-packages.ts";
import { parseManifest } from "./parse-manifest.ts";
import type { Repository } from "./repository.ts";
import { packageNames } from "./source-files.ts";

export const THIRD_PARTY_PAGE = "THIRD-PARTY.md";

/** The libraries behind all public packages, from the lockfile alone. */
export function readThirdParties(repository: Repository): readonly ThirdParty[] {
  const { packages } = JSON.parse(repository.read("package-lock.json")) as { packages: LockedPackages };
  const folders = packageNames(repository).map((name) => `packages/${name}`);
  const isPublic = (folder: string): boolean => !parseManifest(repository.read(`${folder}/package.json`)).private;
  return listThirdParties({ folders: folders.filter(isPublic), packages });
}

/** The page that names each of them with its licence. */
export function writeThirdPartyPage(thirdParties: readonly ThirdParty[]): string {
  const rows = thirdParties.map(({ name, version, licence, broughtBy }) => `| ${name} | ${version} | ${licence ?? "none named"} | ${broughtBy.join(", ")} |`);
  const lines = [
    "# Third-party libraries",
    "",
    "What installing the public packages brings along, in the versions that this repository is tested with. Nothing of it is copied",
    "into the packages: npm installs each under its own licence. Written by `npm run licences` from the lockfile; do not edit.",
    "",
    "| library | version | licence | brought by |",
    "|---|---|---|---|",
    ...rows,
  ];
  return `${lines.join("\n")}\n`;
}
