import { mkdir, readdir, readFile, readlink, symlink, writeFile } from "node:fs/promises";
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

  it.skipIf(process.platform === "win32")("replaces what a symbolic link leads to, and leaves the link", async () => {
    const folder = await makeFolder();
    await mkdir(join(folder, "elsewhere"));
    await symlink(join("elsewhere", "state.json"), join(folder, "first"));
    await symlink("first", join(folder, "second"));
    for (const text of ["made", "replaced"]) {
      await writeFileAtomically({ path: join(folder, "second"), text });
      expect(await readFile(join(folder, "elsewhere", "state.json"), "utf8")).toBe(text);
    }
    expect(await readlink(join(folder, "second"))).toBe("first");
    expect(await readdir(folder)).toEqual(["elsewhere", "first", "second"]);
    await symlink("circle", join(folder, "circle"));
    await expect(writeFileAtomically({ path: join(folder, "circle"), text: "new" })).rejects.toThrow("ELOOP");
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
