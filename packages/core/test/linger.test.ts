import { describe, expect, it } from "vitest";
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

describe("a stream whose source is slow", () => {
  it("leaves no timer behind that keeps the process alive", () => {
    const script = `
      import { createMemoryConnector } from "@volenti/memory";
      import { createTestKeyring } from "@volenti/conformance";
      import { createVolenti } from "@volenti/core";
      const purpose = { key: "a", version: "1", basis: "contract", mechanism: "noticeOnly", attributes: ["*"], label: { en: "a" } };
      const controller = { id: "m", name: "m", country: "FR", contact: "c", privacyPolicyUrl: "https://example.com" };
      const volenti = createVolenti({ controller, purposes: [purpose], notices: [], destinations: { eu: createMemoryConnector({ region: "EU" }) }, routes: [{ to: ["eu"] }], residency: "none", keys: createTestKeyring() });
      async function* source() { await new Promise((resolve) => setTimeout(resolve, 20)); yield 1; }
      for await (const result of volenti.collectMany(source())) process.stdout.write(result.outcome);
      await volenti.close();
    `;
    const output = execFileSync(process.execPath, ["--conditions=@volenti/source", "--input-type=module", "--eval", script], {
      encoding: "utf8",
      timeout: 20_000,
      cwd: fileURLToPath(new URL("..", import.meta.url)),
    });
    expect(output).toBe("rejected");
  });
});
