/** An existing jsforce `Connection`, as far as it is used: its session and addresses. Its transport, retries and helpers are not. */
export interface ExistingConnection {
  /** Where the org answers; must be a host that a Salesforce org may answer under. */
  readonly instanceUrl: string;
  /** Read before each call, so that whoever owns the connection may refresh it. */
  readonly accessToken?: string | null | undefined;
  /** Such as `62.0`; calls go to the later of it and the options' `apiVersion`. */
  readonly version?: string | undefined;
}

/** How the connector signs in. Username and password are not offered: Salesforce is ending both of their flows. */
export type SalesforceAuth =
  | { readonly kind: "clientCredentials"; readonly clientId: string; readonly clientSecret: string }
  /** `privateKey`: PEM (PKCS #8) of the RSA key whose certificate the app holds. */
  | { readonly kind: "jwtBearer"; readonly clientId: string; readonly username: string; readonly privateKey: string }
  | {
      readonly kind: "refreshToken";
      readonly clientId: string;
      readonly clientSecret?: string | undefined;
      readonly refreshToken: string;
    }
  | { readonly kind: "accessToken"; readonly instanceUrl: string; readonly accessToken: string }
  | { readonly kind: "connection"; readonly connection: ExistingConnection };
