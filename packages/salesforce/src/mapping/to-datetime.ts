/** A Salesforce dateTime: RFC 3339 UTC. Salesforce keeps whole seconds; what orders decisions is kept apart, as a number. */
export function toDatetime(epochInMs: number): string {
  return new Date(epochInMs).toISOString();
}
