import type { MetadataComponent } from "./component.ts";
import { COMPONENT_TYPES } from "./components/component-types.ts";
import { MetadataProblem } from "./metadata-problem.ts";
import { parseXml } from "./parse-xml.ts";
import type { XmlElement } from "./xml-element.ts";

export interface CollectedComponents {
  readonly components: readonly MetadataComponent[];
  readonly failures: readonly FileFailure[];
}

export interface FileFailure {
  readonly path: string;
  readonly type: string;
  readonly fullName: string;
  readonly problem: string;
  readonly line: number | null;
}

/** Object parts that a real org has and the emulator does not keep. */
const UNSUPPORTED_PARTS: ReadonlySet<string> = new Set(["businessProcesses", "fieldSets", "indexes", "recordTypes", "sharingReasons", "sharingRecalculations", "webLinks"]);

/**
 * Takes files apart into components: of the Metadata API's own format (`objects/X.object`), and of the source format
 * (`objects/X/fields/F.field-meta.xml`). Paths start anywhere above the folders of the types.
 */
export function collectComponents(files: ReadonlyMap<string, string>): CollectedComponents {
  const components: MetadataComponent[] = [];
  const failures: FileFailure[] = [];
  for (const [path, text] of files) {
    const place = placeOf(path);
    try {
      if (place === null) throw new MetadataProblem({ problem: "This emulator deploys no files of this type" });
      components.push(...componentsOf({ ...place, path, root: parseXml(text) }));
    } catch (error) {
      if (!(error instanceof MetadataProblem)) throw error;
      failures.push({ path, type: place?.type ?? "", fullName: place?.fullName ?? path, problem: error.message, line: error.line });
    }
  }
  return { components, failures };
}

interface Place {
  readonly type: string;
  readonly fullName: string;
}

function placeOf(path: string): Place | null {
  const segments = path.split("/");
  const file = decodeURIComponent(segments.at(-1) ?? "").replace(/-meta\.xml$/, "");
  const suffix = file.slice(file.lastIndexOf(".") + 1);
  const name = file.slice(0, file.lastIndexOf("."));
  const type = COMPONENT_TYPES.find((candidate) => candidate.suffix === suffix);
  if (type === undefined) return null;
  if (type.folder !== null) return segments.includes(type.folder) ? { type: type.name, fullName: name } : null;
  const [objects, object, folder] = segments.slice(-4);
  return objects === "objects" && object !== undefined && folder === type.element ? { type: type.name, fullName: `${object}.${name}` } : null;
}

function componentsOf(request: Place & { path: string; root: XmlElement }): readonly MetadataComponent[] {
  const { type, fullName, path, root } = request;
  if (root.name !== type) throw new MetadataProblem({ problem: `Error parsing file: Element ${root.name} is not the root of a ${type}`, line: root.line });
  if (root.attributes["xmlns"] !== "http://soap.sforce.com/2006/04/metadata") {
    throw new MetadataProblem({ problem: `Error parsing file: namespace of ${root.name} is not http://soap.sforce.com/2006/04/metadata`, line: root.line });
  }
  if (type !== "CustomObject") {
    checkOwnName({ element: root, fullName });
    return [{ type, fullName, path, element: root }];
  }
  return objectComponents({ fullName, path, root });
}

/** An object's file holds the object and its parts. */
function objectComponents({ fullName, path, root }: { fullName: string; path: string; root: XmlElement }): readonly MetadataComponent[] {
  const refused = root.children.find(({ name }) => UNSUPPORTED_PARTS.has(name));
  if (refused !== undefined) throw new MetadataProblem({ problem: `This emulator has no <${refused.name}> in type CustomObject`, line: refused.line });
  const isPart = ({ name }: XmlElement): boolean => COMPONENT_TYPES.some(({ element }) => element === name);
  const parts = root.children.filter(isPart).map((element): MetadataComponent => {
    const type = COMPONENT_TYPES.find((candidate) => candidate.element === element.name)?.name ?? "";
    const name = element.children.find((child) => child.name === "fullName")?.text.trim() ?? "";
    if (name === "") throw new MetadataProblem({ problem: "Required field is missing: fullName", line: element.line });
    return { type, fullName: `${fullName}.${name}`, path, element };
  });
  const own: XmlElement = { ...root, children: root.children.filter((child) => !isPart(child)) };
  return [{ type: "CustomObject", fullName, path, element: own }, ...parts];
}

function checkOwnName({ element, fullName }: { element: XmlElement; fullName: string }): void {
  const own = element.children.find((child) => child.name === "fullName");
  const name = fullName.slice(fullName.indexOf(".") + 1);
  if (own !== undefined && own.text.trim() !== name && own.text.trim() !== fullName) {
    throw new MetadataProblem({ problem: `The fullName differs from the file's name: ${name}`, line: own.line });
  }
}
