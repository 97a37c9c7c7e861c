import { listReferences } from "./resolve-references.ts";
import type { Subrequest } from "./subrequest.ts";

/**
 * The order in which a composite runs. Collated, single rows of one object and method are pulled together at the place
 * of the first that is ready, so that only references keep an order, as Salesforce warns.
 */
export function orderSubrequests(request: { subrequests: readonly Subrequest[]; isCollated: boolean }): readonly Subrequest[] {
  if (!request.isCollated) return request.subrequests;
  const waiting = [...request.subrequests];
  const done = new Set<string>();
  const ordered: Subrequest[] = [];
  const run = (subrequest: Subrequest): void => {
    waiting.splice(waiting.indexOf(subrequest), 1);
    ordered.push(subrequest);
    done.add(subrequest.referenceId);
  };
  const all = new Set(request.subrequests.map(({ referenceId }) => referenceId));
  const isReady = ({ url, body }: Subrequest): boolean => [...listReferences([url, body])].every((name) => !all.has(name) || done.has(name));
  while (waiting.length > 0) {
    const first = waiting.find(isReady) ?? waiting[0];
    if (first === undefined) break;
    const group = groupOf(first);
    run(first);
    const alike = group === null ? [] : waiting.filter((other) => groupOf(other) === group);
    for (const other of alike) if (isReady(other)) run(other);
  }
  return ordered;
}

/** Null for what is never collated: reads, collections, and what brings headers. */
function groupOf(subrequest: Subrequest): string | null {
  const match = /\/sobjects\/([^/?]+)/.exec(subrequest.url);
  if (subrequest.method === "GET" || match === null || subrequest.url.includes("/composite/") || subrequest.headers !== null) return null;
  return `${subrequest.method} ${match[1] ?? ""}`;
}
