import { createVolenti, type Keyring, type Volenti } from "@volenti/core";
import type { ConnectorV1 } from "@volenti/core/adapter";
import { createSalesforceConnector } from "@volenti/salesforce";
import { shopConfiguration } from "../input/shop-configuration.ts";
import type { OrgLogin } from "./org-login.ts";

export interface Brand {
  readonly volenti: Volenti;
  readonly connector: ConnectorV1;
}

/** The shop with one Salesforce org as its only destination, all settings but the log's as they are by default. */
export function openBrand(request: { login: OrgLogin; keys: Keyring; decisionLog: boolean }): Brand {
  const { login, keys, decisionLog } = request;
  const { url, clientId, clientSecret } = login;
  const connector = createSalesforceConnector({
    loginUrl: url,
    auth: { kind: "clientCredentials", clientId, clientSecret },
    region: "EU",
    allowInsecureHttp: true,
    decisionLog,
  });
  const routes = [{ to: ["shop"], ...(decisionLog ? {} : { history: "latestOnly" as const }) }];
  return { volenti: createVolenti({ ...shopConfiguration({ destination: connector, keys }), routes }), connector };
}
