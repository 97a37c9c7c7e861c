export { createTemplateConnector } from "./template-connector.ts";
export type { TemplateConnectorOptions } from "./template-connector-options.ts";
