/** How a connector to Template is made. */
export interface TemplateConnectorOptions {
  /** Where the system's data lies: ISO 3166-1 alpha-2, or `EU`. */
  region: string;
  /** The mechanism under which data of people outside the region may be copied there. */
  transferMechanism?: string | undefined;
}
