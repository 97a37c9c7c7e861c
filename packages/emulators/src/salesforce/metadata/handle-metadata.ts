import { handleDeployRequest } from "./handle-deploy-request.ts";
import { handleSoap } from "./handle-soap.ts";
import type { MetadataRequest } from "./metadata-request.ts";

/** Answers `/services/Soap/m/{version}` and `/services/data/vXX.X/metadata/deployRequest[/{id}]`. */
export function handleMetadata(call: MetadataRequest): Promise<Response> {
  const { pathname } = new URL(call.request.url);
  return pathname.startsWith("/services/Soap/") ? handleSoap(call) : handleDeployRequest(call);
}
