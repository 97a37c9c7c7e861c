export { createSalesforceConnector } from "./salesforce-connector.ts";
export type { SalesforceConnectorOptions } from "./salesforce-connector-options.ts";
export type { ExistingConnection, SalesforceAuth } from "./salesforce-auth.ts";
