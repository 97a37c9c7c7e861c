export { createCegidRetailConnector } from "./cegid-retail-connector.ts";
export type { CegidRetailConnector } from "./cegid-retail-connector.ts";
export type { ContractTestReport } from "./doctor/run-contract-tests.ts";
export type { CegidRetailConnectorOptions } from "./cegid-retail-connector-options.ts";
