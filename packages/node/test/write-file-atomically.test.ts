import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { writeFileAtomically } from "@volenti/node";
import { describe, expect, it } from "vitest";
import { makeFolder } from "./support/make-folder.ts";

describe("writeFileAtomically", () => {
  it("writes a new file and replaces an old one, leaving nothing beside it", async () => {
    const folder = await makeFolder();
    const path = join(folder, "state.json");
    await writeFileAtomically({ path, text: "first" });
    await writeFileAtomically({ path, text: "zweite Fassung: ü" });
    expect(await readFile(path, "utf8")).toBe("zweite Fassung: ü");
    expect(await readdir(folder)).toEqual(["state.json"]);
  });

  it("leaves one whole text where writers race", async () => {
    const folder = await makeFolder();
    const path = join(folder, "state.json");
    const texts = Array.from({ length: 8 }, (_, index) => String(index).repeat(50_000));
    await Promise.all(texts.map((text) => writeFileAtomically({ path, text })));
    expect(texts).toContain(await readFile(path, "utf8"));
    expect(await readdir(folder)).toEqual(["state.json"]);
  });

  it("leaves what was there, and no half of a file, where it cannot replace it", async () => {
    const folder = await makeFolder();
    const path = join(folder, "occupied");
    await mkdir(path);
    await writeFile(join(path, "inner"), "kept");
    await expect(writeFileAtomically({ path, text: "new" })).rejects.toThrow();
    expect(await readdir(folder)).toEqual(["occupied"]);
    expect(await readFile(join(path, "inner"), "utf8")).toBe("kept");
  });
});
