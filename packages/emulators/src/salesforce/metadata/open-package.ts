import { unzipSync } from "fflate";
import { collectComponents, type CollectedComponents } from "./collect-components.ts";
import { MetadataProblem } from "./metadata-problem.ts";
import { readPackage, selectListed } from "./read-package.ts";

/** The components of a zip file with its `package.xml`. Throws a `MetadataProblem` for what is no such file. */
export function openPackage(request: { zip: Uint8Array; allowMissingFiles: boolean }): CollectedComponents {
  const files = withoutRoot(unzip(request.zip));
  const manifest = files.get("package.xml");
  if (manifest === undefined) throw new MetadataProblem({ problem: "No package.xml found" });
  files.delete("package.xml");
  for (const path of files.keys()) {
    if (/^destructiveChanges.*\.xml$/.test(path)) throw new MetadataProblem({ problem: "This emulator has no destructive changes" });
  }
  // The source format belongs to tools: the Metadata API takes such a file for what accompanies another, which is not there.
  for (const path of files.keys()) if (path.endsWith("-meta.xml")) files.delete(path);
  return selectListed({ collected: collectComponents(files), manifest: readPackage(manifest), allowMissingFiles: request.allowMissingFiles });
}

function unzip(zip: Uint8Array): Map<string, string> {
  try {
    const decoder = new TextDecoder("utf-8", { fatal: true });
    const entries = Object.entries(unzipSync(zip)).filter(([path]) => !path.endsWith("/"));
    return new Map(entries.map(([path, bytes]) => [path, decoder.decode(bytes)]));
  } catch {
    throw new MetadataProblem({ problem: "Not a valid zip file" });
  }
}

/** Some tools put everything into one folder. */
function withoutRoot(files: Map<string, string>): Map<string, string> {
  if (files.has("package.xml")) return files;
  const roots = new Set([...files.keys()].map((path) => path.slice(0, path.indexOf("/") + 1)));
  const [root = ""] = roots;
  return roots.size === 1 && files.has(`${root}package.xml`) ? new Map([...files].map(([path, text]) => [path.slice(root.length), text])) : files;
}
