import { posix } from "node:path";
import type { Repository } from "../repository.ts";
import type { Rule } from "../rule.ts";

const LINK = /\[[^\]]*\]\(([^()\s]+)(?:\s+"[^"]*")?\)/g;

/** Every link to a file or heading of the repository leads somewhere. */
export const markdownLinks: Rule = {
  name: "markdown-links",
  check(repository) {
    const folders = new Set(repository.files.flatMap(parents));
    return repository.files.filter((path) => path.endsWith(".md")).flatMap((path) =>
      listLinks(repository.read(path)).flatMap(({ target, line }) =>
        resolves({ repository, folders, from: path, target }) ? [] : [{ path, line, message: `${target} leads nowhere` }],
      ),
    );
  },
};

function listLinks(text: string): readonly { target: string; line: number }[] {
  return withoutCodeBlocks(text).split("\n").flatMap((line, index) =>
    [...line.replaceAll(/`[^`]*`/g, "").matchAll(LINK)]
      .map(([, target = ""]) => ({ target, line: index + 1 }))
      .filter(({ target }) => !/^[a-z][a-z+.-]*:/i.test(target)),
  );
}

/** Blanks fenced blocks, and keeps the line numbers. */
function withoutCodeBlocks(text: string): string {
  return text.replaceAll(/^ {0,3}```[\s\S]*?^ {0,3}```/gm, (block) => block.replaceAll(/[^\n]/g, ""));
}

function resolves(request: { repository: Repository; folders: ReadonlySet<string>; from: string; target: string }): boolean {
  const { repository, folders, from, target } = request;
  const [file = "", heading] = target.split("#");
  const path = file === "" ? from : posix.join(posix.dirname(from), decodeURIComponent(file)).replace(/\/$/, "");
  if (!repository.files.includes(path)) return path === "." || (folders.has(path) && heading === undefined);
  return heading === undefined || !path.endsWith(".md") || listHeadings(repository.read(path)).has(heading);
}

/** The anchors of a page, as GitHub makes them. */
function listHeadings(text: string): ReadonlySet<string> {
  const seen = new Map<string, number>();
  const anchors = new Set<string>();
  for (const [, heading = ""] of withoutCodeBlocks(text).matchAll(/^#{1,6}\s+(.+?)\s*$/gm)) {
    const slug = heading.toLowerCase().replaceAll(/[^\p{L}\p{N}\p{M}_ -]/gu, "").replaceAll(" ", "-");
    const count = seen.get(slug) ?? 0;
    seen.set(slug, count + 1);
    anchors.add(count === 0 ? slug : `${slug}-${count}`);
  }
  return anchors;
}

function parents(path: string): string[] {
  const folder = posix.dirname(path);
  return folder === "." ? [] : [folder, ...parents(folder)];
}
