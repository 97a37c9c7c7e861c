const ALWAYS = ["README.md", "LICENSE", "package.json"];

/** What a published package must have and must not have in it. */
export function checkTarball(files: readonly string[]): readonly string[] {
  const missing = ALWAYS.filter((file) => !files.includes(file));
  const tests = files.filter((path) => /(?:^|\/)test\/|\.test(?:-d)?\.ts$/.test(path));
  return [
    ...missing.map((file) => `the tarball lacks ${file}`),
    ...tests.map((path) => `the tarball holds a test: ${path}`),
  ];
}
