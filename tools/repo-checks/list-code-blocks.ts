/** A fenced `ts` block of a page, as a module of its own. */
export interface CodeBlock {
  readonly path: string;
  /** The block's text, moved down to its line on the page, so that the compiler's line numbers are the page's. */
  readonly module: string;
}

export function listCodeBlocks(request: { path: string; text: string }): readonly CodeBlock[] {
  const blocks: CodeBlock[] = [];
  for (const match of request.text.matchAll(/^( {0,3})```(?:ts|typescript)\s*\n([\s\S]*?)^ {0,3}```/gm)) {
    const before = request.text.slice(0, match.index).split("\n").length;
    // `export {}` makes it a module, and top-level await legal, without a line of its own.
    blocks.push({ path: request.path, module: `${"\n".repeat(before)}${match[2] ?? ""}export {};\n` });
  }
  return blocks;
}
