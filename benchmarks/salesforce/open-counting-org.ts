import type { Keyring } from "@volenti/core";
import { createSalesforceEmulator, listenOnLoopback, type SalesforceEmulator } from "@volenti/emulators";
import { openBrand, type Brand } from "./open-brand.ts";
import type { OrgLogin } from "./org-login.ts";

/** An org that counts calls as Salesforce does, provisioned, with the brand that writes to it. */
export interface CountingOrg extends Brand {
  readonly emulator: SalesforceEmulator;
  readonly login: OrgLogin;
  close(): Promise<void>;
}

/** Its count starts after the provisioning. */
export async function openCountingOrg(request: { keys: Keyring; decisionLog: boolean }): Promise<CountingOrg> {
  const emulator = createSalesforceEmulator({ dailyLimit: 1_000_000 });
  const server = await listenOnLoopback({ handle: (call) => emulator.handle(call) });
  const { clientId, clientSecret } = emulator.credentials;
  const login = { url: server.url, clientId, clientSecret };
  const brand = openBrand({ ...request, login });
  await brand.connector.provisioning?.apply();
  emulator.calls.reset();
  const close = async (): Promise<void> => {
    await brand.volenti.close();
    await server.close();
  };
  return { ...brand, emulator, login, close };
}
