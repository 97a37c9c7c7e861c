import type * as z from "zod";

/** As zod answers a `safeParse`. */
export type ParsedShape<Data> =
  | { readonly success: true; readonly data: Data; readonly error?: undefined }
  | { readonly success: false; readonly data?: undefined; readonly error: { readonly issues: readonly z.core.$ZodIssue[] } };

// Zod calls an absent member a wrong type, and only the input tells the two apart. It goes no further than `toProblems`.
const PARSE_OPTIONS = { reportInput: true } as const;

/**
 * As zod's `safeParse`, for every shape whose issues become problems, and never throws: zod asks whatever has a `length`
 * for it, a text or not, and one such as `{ "toString": 1 }` lets it throw. What cannot be read is refused whole, as
 * `unreadable`.
 */
export function parseShape<Schema extends z.ZodType>(request: { schema: Schema; value: unknown }): ParsedShape<z.output<Schema>> {
  const { schema, value } = request;
  try {
    return schema.safeParse(value, PARSE_OPTIONS);
  } catch {
    return { success: false, error: { issues: [{ code: "custom", path: [], message: "", input: undefined, params: { code: "unreadable" } }] } };
  }
}
