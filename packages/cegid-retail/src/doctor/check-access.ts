import type { CegidSession } from "../transport/cegid-session.ts";

const OPERATION = "checkAccess";

/** Only whether the folder takes the login, by the one call that looks at nobody: what it says is left to `checkConnection`. */
export async function checkAccess(session: CegidSession): Promise<void> {
  session.context(OPERATION);
  await session.call({ name: "HelloWorld", arguments: { text: "volenti" }, operation: OPERATION, changes: false });
}
