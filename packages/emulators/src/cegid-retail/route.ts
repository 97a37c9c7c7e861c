import type { Folder } from "./folder.ts";
import { findOperation, SERVICES } from "./soap/answer-soap-call.ts";

/** Where a call goes. */
export type Route =
  | { readonly kind: "soap"; readonly service: string }
  | { readonly kind: "wsdl"; readonly service: string }
  | { readonly kind: "servicePage"; readonly service: string }
  /** Null: the list. */
  | { readonly kind: "anonymization"; readonly customerId: string | null }
  | { readonly kind: "nowhere" };

/** Paths are taken in any case, as IIS takes them; ids are not. */
export function findRoute(request: { folder: Folder; method: string; url: URL }): Route {
  const { folder, method, url } = request;
  const base = folder.virtualDirectory.toLowerCase();
  if (!url.pathname.toLowerCase().startsWith(`${base}/`)) return { kind: "nowhere" };
  const path = url.pathname.slice(base.length + 1);
  const service = path.toLowerCase();
  if (Object.hasOwn(SERVICES, service)) {
    if (method === "POST") return { kind: "soap", service };
    return /^\?(?:single)?wsdl$/i.test(url.search) ? { kind: "wsdl", service } : { kind: "servicePage", service };
  }
  const [folderId = "", ...resource] = path.split("/");
  const [, customerId] = /^api\/customers-anonymization\/v1(?:\/([^/]+))?$/i.exec(resource.join("/")) ?? [null, null];
  if (customerId === null || decode(folderId) !== folder.folderId) return { kind: "nowhere" };
  return { kind: "anonymization", customerId: customerId === undefined ? null : decode(customerId) };
}

/** What `calls` and faults know the call as. */
export function nameCall(request: { route: Route; headers: Headers }): string {
  const { route, headers } = request;
  switch (route.kind) {
    case "soap":
      return findOperation({ service: route.service, action: headers.get("SOAPAction") ?? "" })?.name ?? "UnknownOperation";
    case "anonymization":
      return route.customerId === null ? "AnonymizeCustomers" : "AnonymizeCustomer";
    case "wsdl":
      return "Wsdl";
    default:
      return "Page";
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
