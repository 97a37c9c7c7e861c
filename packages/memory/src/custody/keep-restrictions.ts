import type { CustodyFacetV1 } from "@volenti/core/adapter";
import type { MemorySession } from "../transport/memory-session.ts";
import { requirePerson } from "./require-person.ts";
import { rootOf } from "./who-is-who.ts";

/** What lets a person's data rest; it follows the person through merges. */
export function createRestrictionKeeper(session: MemorySession): Pick<CustodyFacetV1, "getRestriction" | "setRestriction"> {
  return {
    getRestriction: (about) =>
      session.call({
        operation: "custody.getRestriction",
        changes: false,
        about,
        work: async ({ records }) => records.restrictions.get(rootOf({ records, ...about })) ?? null,
      }),
    setRestriction: (about) =>
      session.call({
        operation: "custody.setRestriction",
        changes: true,
        about,
        work: async ({ records }) => {
          const root = requirePerson({ records, subjectRef: about.subjectRef, operation: "custody.setRestriction" });
          if (about.restriction === null) records.restrictions.delete(root);
          else records.restrictions.set(root, about.restriction);
        },
      }),
  };
}
