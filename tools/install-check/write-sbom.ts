import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { installProject } from "./install-project.ts";
import { packAll } from "./pack-all.ts";
import { runCommand } from "./run-command.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const FILE_NAME = "sbom.cdx.json";

interface Component {
  readonly name: string;
  readonly externalReferences?: readonly { readonly url: string }[];
}

/**
 * Writes what a stranger gets who installs every public package, as CycloneDX: npm's own bill of a real installation, since
 * what it says of a workspace leaves most of the tree out. Needs a build and the registry.
 */
function writeSbom(): void {
  const folder = mkdtempSync(join(tmpdir(), "volenti-sbom-"));
  try {
    const tarballs = packAll({ root, into: join(folder, "tarballs") });
    const project = { name: "everything", templates: [], type: "module", packages: "all", tools: [] } as const;
    const installed = installProject({ root, project, tarballs, into: join(folder, "volenti") });
    const text = runCommand({ folder: installed, command: "npm", arguments: ["sbom", "--sbom-format", "cyclonedx", "--sbom-type", "library"] });
    const bill = JSON.parse(text) as { components: readonly Component[] };
    const components = bill.components.map(withoutLocalAddresses);
    writeFileSync(join(root, FILE_NAME), `${JSON.stringify({ ...bill, components }, null, 2)}\n`);
    process.stdout.write(`${FILE_NAME}: ${components.length} components, ${tarballs.size} of them ours\n`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Where a tarball lay while the bill was drawn up says nothing to anybody. */
function withoutLocalAddresses(component: Component): Component {
  const { externalReferences = [] } = component;
  return { ...component, externalReferences: externalReferences.filter(({ url }) => !url.startsWith("file:")) };
}

writeSbom();
