import { refusal, type ApiAnswer } from "./api-answer.ts";
import { isObject } from "./read-body.ts";

export interface Subrequest {
  readonly method: string;
  readonly url: string;
  readonly referenceId: string;
  readonly body: unknown;
  /** Null: none were given. */
  readonly headers: Readonly<Record<string, string>> | null;
}

const MOST_SUBREQUESTS = 25;
const MOST_OF_QUERIES = 5;
const METHODS: ReadonlySet<string> = new Set(["GET", "POST", "PATCH", "DELETE", "PUT", "HEAD"]);
const CLOSED_HEADERS: ReadonlySet<string> = new Set(["accept", "authorization", "content-type"]);

/** The parts of a composite, or why it is refused whole. */
export function readSubrequests(body: unknown): { subrequests: readonly Subrequest[]; refused: ApiAnswer | null } {
  const list = isObject(body) ? body["compositeRequest"] : undefined;
  if (!Array.isArray(list) || list.length === 0) return refuse("compositeRequest is required and must not be empty");
  if (list.length > MOST_SUBREQUESTS) return refuse(`Cannot have more than ${MOST_SUBREQUESTS} subrequests in a composite`, "LIMIT_EXCEEDED");
  const subrequests: Subrequest[] = [];
  for (const part of list) {
    const subrequest = readSubrequest(part);
    if (typeof subrequest === "string") return refuse(subrequest);
    if (subrequests.some(({ referenceId }) => referenceId === subrequest.referenceId)) return refuse("Duplicate ReferenceId provided in the request");
    subrequests.push(subrequest);
  }
  if (subrequests.filter(({ url }) => isQueryOrCollection(url)).length > MOST_OF_QUERIES) {
    return refuse(`Cannot have more than ${MOST_OF_QUERIES} query or sObject Collections subrequests in a composite`, "LIMIT_EXCEEDED");
  }
  return { subrequests, refused: null };
}

function readSubrequest(part: unknown): Subrequest | string {
  if (!isObject(part)) return "a subrequest must be an object";
  const { method, url, referenceId, body, httpHeaders } = part;
  if (typeof method !== "string" || !METHODS.has(method)) return "method is required and must be one of HTTP";
  if (typeof url !== "string" || !/^\/services\/data\/v\d+\.\d\//.test(url)) return "url must begin with /services/data/vXX.X/";
  if (typeof referenceId !== "string" || !/^[A-Za-z][A-Za-z0-9_]*$/.test(referenceId)) {
    return "Provided referenceId is invalid: it must start with a letter and hold letters, digits and underscores only";
  }
  const headers = httpHeaders === undefined || httpHeaders === null ? null : httpHeaders;
  if (headers !== null && (!isObject(headers) || Object.values(headers).some((value) => typeof value !== "string"))) return "httpHeaders must hold texts";
  if (headers !== null && Object.keys(headers).some((name) => CLOSED_HEADERS.has(name.toLowerCase()))) {
    return "httpHeaders must not hold Accept, Authorization or Content-Type";
  }
  return { method, url, referenceId, body, headers: headers as Readonly<Record<string, string>> | null };
}

function isQueryOrCollection(url: string): boolean {
  return /^\/services\/data\/v\d+\.\d\/(?:query|queryAll|composite\/sobjects)(?:[/?]|$)/i.test(url);
}

function refuse(message: string, errorCode = "INVALID_INPUT"): { subrequests: readonly Subrequest[]; refused: ApiAnswer } {
  return { subrequests: [], refused: refusal({ status: 400, errorCode, message }) };
}
