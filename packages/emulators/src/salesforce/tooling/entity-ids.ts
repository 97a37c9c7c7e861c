import type { ObjectSchema } from "../schema/org-schema.ts";
import type { ToolingIds } from "./tooling-ids.ts";

const LENGTH_OF_SHORT_ID = 15;

/** A standard object's own name; a custom one's id, of 15 characters. */
export function durableIdOf({ ids, object }: { ids: ToolingIds; object: ObjectSchema }): string {
  return object.isCustom ? ids.of({ keyPrefix: "01I", name: object.name }).slice(0, LENGTH_OF_SHORT_ID) : object.name;
}

export function entityIdOf({ ids, object }: { ids: ToolingIds; object: ObjectSchema }): string {
  return ids.of({ keyPrefix: "4ie", name: object.name });
}
