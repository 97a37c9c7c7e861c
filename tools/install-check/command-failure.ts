/** A command of a stranger's project that failed, with what it said. */
export class CommandFailure extends Error {
  override readonly name = "CommandFailure";
}
