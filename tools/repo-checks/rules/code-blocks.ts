import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { listCodeBlocks, type CodeBlock } from "../list-code-blocks.ts";
import type { Rule } from "../rule.ts";
import { runTypeScript } from "../run-type-script.ts";
import type { Violation } from "../violation.ts";

/** Fenced `ts` blocks of the documentation compile, with the settings of the repository, against its own packages. */
export function codeBlocks(request: { root: string }): Rule {
  return {
    name: "code-blocks",
    check(repository) {
      const pages = repository.files.filter((path) => path.endsWith(".md"));
      const blocks = pages.flatMap((path) => listCodeBlocks({ path, text: repository.read(path) }));
      return blocks.length === 0 ? [] : compile({ root: request.root, blocks });
    },
  };
}

function compile(request: { root: string; blocks: readonly CodeBlock[] }): readonly Violation[] {
  // Under node_modules, so that imports resolve as an adopter's do and nothing else picks the files up.
  const cache = join(request.root, "node_modules/.cache");
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, "volenti-code-blocks-"));
  try {
    for (const [index, block] of request.blocks.entries()) {
      writeFileSync(join(folder, `block-${index}.ts`), block.module);
    }
    const settings = { extends: join(request.root, "tsconfig.base.json"), include: ["*.ts"], exclude: [] };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(settings));
    return runTypeScript({ root: request.root, folder }).flatMap(({ file, line, message }) => {
      const block = request.blocks[Number(/^block-(\d+)\.ts$/.exec(file)?.[1] ?? -1)];
      return block === undefined ? [] : [{ path: block.path, line, message }];
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
