import { expect, test } from "vitest";
import { fileNames } from "../rules/file-names.ts";
import { repositoryOf } from "./repository-of.ts";

test.each(["utils.ts", "helpers.ts", "common.ts", "types.ts", "misc.ts", "planRoute.ts", "PlanRoute.ts", "plan_route.mts"])(
  "%s is refused",
  async (name) => {
    const path = `packages/core/src/${name}`;
    expect(await fileNames.check(repositoryOf({ files: { [path]: "" } }))).toHaveLength(1);
  },
);

test.each(["plan-route.ts", "sha256.ts", "plan-route.test.ts", "salesforce.live.test.ts", "vitest.config.ts", "connector-v1.ts"])(
  "%s is allowed",
  async (name) => {
    const path = `packages/core/src/${name}`;
    expect(await fileNames.check(repositoryOf({ files: { [path]: "" } }))).toEqual([]);
  },
);
