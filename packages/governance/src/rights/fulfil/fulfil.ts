import { toProblem } from "../rights-problem.ts";
import { access } from "./access-report.ts";
import { decide } from "./decide.ts";
import { erase } from "./erase.ts";
import type { Fulfilment, FulfilmentRequest } from "./fulfilment.ts";
import { portability } from "./portability.ts";
import { rectify } from "./rectify.ts";
import { restrict } from "./restrict.ts";

/** Does what a request asks for, in every destination. Never rejects for what one of them did to what it was given. */
export async function fulfil(request: FulfilmentRequest): Promise<Fulfilment> {
  const { kind, place: { country } } = request.rightsRequest;
  const isSubmitted = kind === "rectify" || kind === "object" || kind === "optOut" || kind === "limit" || kind === "withdraw";
  if (isSubmitted && country === null) return { targets: [], problem: toProblem("countryRequired") };
  if (isSubmitted && country !== null && request.volenti.routeOf(country).length === 0) return { targets: [], problem: toProblem("noRoute") };
  switch (kind) {
    case "access":
      return access(request);
    case "portability":
      return portability(request);
    case "rectify":
      return rectify(request);
    case "erase":
      return erase(request);
    case "restrict":
      return restrict(request);
    default:
      return decide({ ...request, kind });
  }
}
