/** A source folder that the org refuses, with every reason: paths, names and rules, as its files hold them. */
export class SourceFolderError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`the org refuses this source folder: ${problems.join("; ")}`);
    this.name = "SourceFolderError";
    this.problems = problems;
  }
}
