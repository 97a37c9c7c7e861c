/** Where an org answers, and by which credentials it lets an application in. */
export interface OrgLogin {
  /** `http://127.0.0.1:PORT`. */
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
}
