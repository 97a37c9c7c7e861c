/** Why the session itself cuts a call short, told from its caller's own reasons. */
export const TIMED_OUT: unique symbol = Symbol("the call took too long");
export const SESSION_CLOSED: unique symbol = Symbol("the session was closed");
