/** What a page prints as typed: a code span, or a line of a shell block. */
export interface CommandText {
  /** From 1. */
  readonly line: number;
  readonly text: string;
}

/** Code spans and lines of `sh` blocks, cut where a shell would begin another command; other programs' lines left out. */
export function listCommandTexts(page: string): readonly CommandText[] {
  const texts: CommandText[] = [];
  let fence: string | null = null;
  for (const [index, line] of page.split("\n").entries()) {
    const [, opened] = /^\s*```(\w*)/.exec(line) ?? [];
    if (opened !== undefined) {
      fence = fence === null ? opened : null;
      continue;
    }
    const typed = fence === null ? [...line.matchAll(/`([^`]*)`/g)].map(([, span = ""]) => span) : fence === "sh" ? [line] : [];
    texts.push(...typed.flatMap((text) => text.split(/\|\|?|;|&&/)).filter(isOurs).map((text) => ({ line: index + 1, text })));
  }
  return texts;
}

function isOurs(text: string): boolean {
  return !/^\s*(?:npm|npx (?!volenti)|psql|pg_dump|sf|node|git) /.test(text.trimStart());
}
