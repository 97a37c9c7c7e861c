/** Why the session itself cuts a call short, told from its caller's own reasons. */
export const TIMED_OUT: unique symbol = Symbol("the call took too long");
/** The reason with which the calls of a closed session are aborted. */
export const SESSION_CLOSED: unique symbol = Symbol("the session was closed");
