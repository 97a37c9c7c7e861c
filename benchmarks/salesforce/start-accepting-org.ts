import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { OrgLogin } from "./org-login.ts";

const SCRIPT = fileURLToPath(new URL("accepting-org.ts", import.meta.url));

/** Starts an org that accepts every row, in another process. `stop` ends it. */
export async function startAcceptingOrg(): Promise<{ login: OrgLogin; stop: () => Promise<void> }> {
  const child = fork(SCRIPT, { execArgv: ["--conditions=@volenti/source"], stdio: ["ignore", "ignore", "inherit", "ipc"] });
  const ended = once(child, "exit");
  const [message] = await Promise.race([once(child, "message"), ended.then(([code]) => Promise.reject(new Error(`the org ended with ${String(code)}`)))]);
  const { url } = message as { url: string };
  return {
    login: { url, clientId: "benchmark", clientSecret: "benchmark" },
    stop: async () => {
      child.kill();
      await ended;
    },
  };
}
