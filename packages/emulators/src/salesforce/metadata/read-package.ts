import type { CollectedComponents, FileFailure } from "./collect-components.ts";
import { parentOf, type MetadataComponent } from "./component.ts";
import { findComponentType } from "./components/component-types.ts";
import { checkVersion } from "../rest/versions.ts";
import { MetadataProblem } from "./metadata-problem.ts";
import { parseXml } from "./parse-xml.ts";
import { many, optional, recordOf, required, string } from "./read-metadata.ts";

const readPackageFile = recordOf({
  type: "Package",
  members: {
    apiAccessLevel: optional(string),
    description: optional(string),
    fullName: optional(string),
    namespacePrefix: optional(string),
    objectPermissions: optional(string),
    postInstallClass: optional(string),
    setupWeblinks: optional(string),
    types: many(recordOf({ type: "PackageTypeMembers", members: { members: many(string), name: required(string) } })),
    uninstallClass: optional(string),
    version: required(string),
  },
});

/** What `package.xml` lists: full names by type; `*` stands for all of a type. */
export type PackageManifest = ReadonlyMap<string, ReadonlySet<string>>;

/** Throws a `MetadataProblem` for what is no `package.xml`. */
export function readPackage(text: string): PackageManifest {
  const root = parseXml(text);
  if (root.name !== "Package") throw new MetadataProblem({ problem: "Error parsing file: Element Package expected", line: root.line });
  const { types, version } = readPackageFile({ element: root, owner: "Package" });
  if (!/^\d{2,3}\.0$/.test(version) || checkVersion(Number(version)) !== null) throw new MetadataProblem({ problem: `Invalid version specified: ${version}`, line: root.line });
  const manifest = new Map<string, Set<string>>();
  for (const { name, members } of types) {
    if (findComponentType(name) === undefined) throw new MetadataProblem({ problem: `This emulator has no components of the type ${name}`, line: root.line });
    manifest.set(name, new Set([...(manifest.get(name) ?? []), ...members]));
  }
  return manifest;
}

/**
 * Keeps of the collected components what the package lists. What it lists and no file holds fails, and so does a file
 * that it does not list. An object that is listed takes its parts along.
 */
export function selectListed(request: {
  collected: CollectedComponents;
  manifest: PackageManifest;
  allowMissingFiles: boolean;
}): CollectedComponents {
  const { collected, manifest, allowMissingFiles } = request;
  const listed = collected.components.filter((component) => isListed({ component, manifest }));
  const missing = allowMissingFiles ? [] : findMissing({ collected, manifest });
  const paths = new Set(listed.map(({ path }) => path));
  const strangers = collected.components
    .filter(({ path }) => !paths.has(path))
    .filter(({ path }, index, all) => all.findIndex((other) => other.path === path) === index)
    .map(({ path, type, fullName }): FileFailure => ({ path, type, fullName, problem: "Not in package.xml", line: null }));
  return { components: listed, failures: [...collected.failures, ...missing, ...strangers] };
}

function isListed({ component, manifest }: { component: MetadataComponent; manifest: PackageManifest }): boolean {
  const { type, fullName } = component;
  const names = manifest.get(type);
  if (names?.has(fullName) === true) return true;
  const isPart = findComponentType(type)?.element !== null;
  if (!isPart) return names?.has("*") === true;
  const objects = manifest.get("CustomObject");
  const parent = parentOf(component);
  return objects?.has(parent) === true || (objects?.has("*") === true && parent.endsWith("__c"));
}

function findMissing({ collected, manifest }: { collected: CollectedComponents; manifest: PackageManifest }): readonly FileFailure[] {
  const held = new Set([...collected.components, ...collected.failures].map(({ type, fullName }) => `${type} ${fullName}`));
  return [...manifest].flatMap(([type, names]) =>
    [...names]
      .filter((name) => name !== "*" && !held.has(`${type} ${name}`))
      .map((name): FileFailure => ({
        path: "package.xml",
        type,
        fullName: name,
        problem: `An object '${name}' of type ${type} was named in package.xml, but was not found in zipped directory`,
        line: null,
      })),
  );
}
