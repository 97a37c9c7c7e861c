import { expect, test } from "vitest";
import { markdownLinks } from "../rules/markdown-links.ts";
import { repositoryOf } from "./repository-of.ts";

async function brokenLinksOf(page: string): Promise<string[]> {
  const files = {
    "docs/guides/page.md": page,
    "docs/other.md": "# The `first` one, again\n\n## Twice\n\n## Twice\n",
    "packages/core/src/index.ts": "",
  };
  return (await markdownLinks.check(repositoryOf({ files }))).map(({ line, message }) => `${line} ${message}`);
}

test.each(["[a](missing.md)", "[a](../other.md#no-such-heading)", "[a](../../packages/none)", "[a](#nowhere)"])(
  "%s is refused",
  async (link) => {
    expect(await brokenLinksOf(`# Page\n\n${link}\n`)).toEqual([expect.stringMatching(/^3 .* leads nowhere$/)]);
  },
);

test.each([
  "[a](../other.md)",
  "[a](../other.md#the-first-one-again)",
  "[a](../other.md#twice-1)",
  "[a](../../packages/core)",
  "[a](https://example.com/missing)",
  "[a](mailto:privacy@example.com)",
  "[a](#page)",
  "`[a](missing.md)`",
  "```\n[a](missing.md)\n```",
])("%s is allowed", async (link) => {
  expect(await brokenLinksOf(`# Page\n\n${link}\n`)).toEqual([]);
});
