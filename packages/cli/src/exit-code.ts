/** What scripts read. A promise: see the guide on the command line. */
export const EXIT_CODE = {
  delivered: 0,
  /** Some input was rejected, or a proof does not hold: running again changes nothing. */
  rejected: 1,
  /** Wrong usage or configuration: nothing was read or sent. */
  misconfigured: 2,
  /** Something was not reached, or nobody knows: safe to run again. Wins over `rejected`. */
  undelivered: 3,
  interrupted: 130,
  terminated: 143,
} as const;

export type ExitCode = (typeof EXIT_CODE)[keyof typeof EXIT_CODE];
