import { listenOnLoopback } from "@volenti/emulators";
import { acceptCall } from "./accept-call.ts";
import type { OrgLogin } from "./org-login.ts";

export type Row = { readonly [field: string]: unknown };

/** All rows of one object, with the external id that they are upserted by. */
export interface ObjectRows {
  readonly objectName: string;
  readonly keyField: string;
  readonly rows: readonly Row[];
}

interface Composite {
  readonly compositeRequest: readonly { readonly url: string; readonly body?: { readonly records?: readonly Row[] } }[];
}

/** The rows that some work sends to an org which accepts everything, object by object, in the order of their first row. */
export async function recordRows(work: (login: OrgLogin) => Promise<void>): Promise<readonly ObjectRows[]> {
  const objects = new Map<string, { objectName: string; keyField: string; rows: Row[] }>();
  const server = await listenOnLoopback({
    handle: async (call) => {
      const { pathname } = new URL(call.url);
      const body = await call.text();
      if (pathname.endsWith("/composite")) take({ objects, composite: JSON.parse(body) as Composite });
      return Response.json(acceptCall({ url: server.url, method: call.method, path: pathname, body }));
    },
  });
  try {
    await work({ url: server.url, clientId: "benchmark", clientSecret: "benchmark" });
  } finally {
    await server.close();
  }
  return [...objects.values()];
}

function take(request: { objects: Map<string, { objectName: string; keyField: string; rows: Row[] }>; composite: Composite }): void {
  for (const { url, body } of request.composite.compositeRequest) {
    const [, objectName, keyField] = /\/composite\/sobjects\/(\w+)\/(\w+)$/.exec(url) ?? [];
    if (objectName === undefined || keyField === undefined) continue;
    const known = request.objects.get(objectName) ?? { objectName, keyField, rows: [] };
    known.rows.push(...(body?.records ?? []));
    request.objects.set(objectName, known);
  }
}

export function countRows(objects: readonly ObjectRows[]): number {
  return objects.reduce((sum, { rows }) => sum + rows.length, 0);
}
