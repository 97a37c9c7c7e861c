export { createHttpExchange, bodyText } from "./transport/http-exchange.ts";
export type { ConnectionSettings, HttpAnswer, HttpExchange, HttpRequest } from "./transport/http-exchange.ts";
export { openDeadline } from "./transport/open-deadline.ts";
export type { Deadline } from "./transport/open-deadline.ts";
export { SESSION_CLOSED, TIMED_OUT } from "./transport/abort-reasons.ts";
export { mapNetworkError } from "./error/map-network-error.ts";
export type { LostAnswer } from "./error/map-network-error.ts";
