import { expect, test } from "vitest";
import { createBrand } from "./support/create-brand.ts";

test("health never lets a destination test itself by writing", async () => {
  let tests = 0;
  const { volenti } = createBrand({
    destinations: {
      eu: {
        region: "EU",
        wrap: (connector) => ({
          ...connector,
          selfTest: async () => {
            tests += 1;
            return { findings: [] };
          },
        }),
      },
    },
    configuration: { routes: [{ to: ["eu"] }] },
  });
  expect(await volenti.health()).toMatchObject([{ id: "eu", status: "reachable" }]);
  expect(tests).toBe(0);
});
