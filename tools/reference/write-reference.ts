import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { Application, Comment, Logger, LogLevel, ReflectionKind, type ProjectReflection, type TypeDocOptions } from "typedoc";
import { listEntries, type PackageEntry } from "../repo-checks/list-entries.ts";
import { parseManifest } from "../repo-checks/parse-manifest.ts";

/** What became of the API reference. */
export interface WrittenReference {
  /** The entries that it describes, as an adopter imports them. */
  readonly specifiers: readonly string[];
  /** Links that lead nowhere, types in signatures that no entry exports, and what else typedoc warns of; empty where it was written. */
  readonly problems: readonly string[];
}

interface DescribedEntry extends PackageEntry {
  readonly path: string;
  /** Of its package. */
  readonly description: string;
}

/**
 * Writes pages of every entry of every public package under `root`, from the sources, into a folder that it empties first;
 * where there is a problem, nothing. The same sources give the same bytes, for neither date nor commit is in them. Reaches
 * no network.
 */
export async function writeReference(request: { root: string; into: string }): Promise<WrittenReference> {
  const { root, into } = request;
  const entries = describeEntries(root);
  const specifiers = entries.map(({ specifier }) => specifier);
  const problems: string[] = [];
  const application = await Application.bootstrap(toOptions({ root, entries }));
  application.logger = keepProblems(problems);
  const named = nameEntries({ application, entries });
  if (named === null) return { specifiers, problems };
  const project = application.converter.convert(named);
  addDescriptions({ project, entries });
  application.validate(project);
  if (problems.length === 0) await application.generateDocs(project, into);
  return { specifiers, problems };
}

function describeEntries(root: string): readonly DescribedEntry[] {
  return readdirSync(join(root, "packages")).toSorted().flatMap((name) => {
    const folder = join(root, "packages", name);
    const manifest = parseManifest(readFileSync(join(folder, "package.json"), "utf8"));
    if (manifest.private) return [];
    const entries = listEntries({ packageName: manifest.name, exports: manifest.exports });
    return entries.map((entry) => ({ ...entry, path: join(folder, entry.source), description: manifest.description }));
  });
}

function toOptions(request: { root: string; entries: readonly DescribedEntry[] }): TypeDocOptions {
  return {
    name: "Volenti",
    entryPoints: request.entries.map(({ path }) => path),
    tsconfig: join(request.root, "tsconfig.base.json"),
    readme: "none",
    // The gate has compiled it all already, with the compiler that the house builds with.
    skipErrorChecking: true,
    // What an error inherits from the language is the language's to describe.
    excludeExternals: true,
    // So that lists say what each thing is.
    useFirstParagraphOfCommentAsSummary: true,
    // Lines and commits would change the pages where no word did.
    disableSources: true,
    disableGit: true,
    githubPages: false,
    hideGenerator: true,
    validation: { invalidLink: true, invalidPath: true, notExported: true, rewrittenLink: true, unusedMergeModuleWith: true, notDocumented: false },
  };
}

/** The tool names modules for their files; adopters know them by what they import. Null where it cannot read them. */
function nameEntries(request: { application: Application; entries: readonly DescribedEntry[] }) {
  const found = request.application.getEntryPoints();
  if (found === undefined) return null;
  const specifiers = new Map(request.entries.map(({ path, specifier }) => [path, specifier]));
  return found.map((entry) => ({ ...entry, displayName: specifiers.get(entry.sourceFile.fileName) ?? entry.displayName }));
}

function addDescriptions(request: { project: ProjectReflection; entries: readonly DescribedEntry[] }): void {
  for (const module of request.project.getReflectionsByKind(ReflectionKind.Module)) {
    const entry = request.entries.find(({ specifier }) => specifier === module.name);
    if (entry !== undefined) module.comment ??= new Comment([{ kind: "text", text: `${entry.description}.` }]);
  }
}

/** Keeps what the tool warns of; its news of progress are nobody's. */
function keepProblems(problems: string[]): Logger {
  return Object.assign(new Logger(), {
    log: (message: string, level: LogLevel): void => {
      if (level >= LogLevel.Warn) problems.push(message);
    },
  });
}
