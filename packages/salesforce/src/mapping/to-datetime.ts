/** A Salesforce dateTime: RFC 3339 UTC. Salesforce keeps whole seconds; what orders decisions is kept apart, as a number. */
export type ToDatetime = (epochInMs: number) => string;

/** Remembers the last instant and its text: what one person decided at once bears the same several times. */
export function createToDatetime(): ToDatetime {
  let last = { epochInMs: Number.NaN, text: "" };
  return (epochInMs) => {
    if (epochInMs !== last.epochInMs) last = { epochInMs, text: new Date(epochInMs).toISOString() };
    return last.text;
  };
}
