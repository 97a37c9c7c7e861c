/** Parsed JSON; the text where it is none; null where there is nothing. */
export function readBody(text: string): { readonly kind: "json" | "text" | "empty"; readonly value: unknown } {
  if (text.trim() === "") return { kind: "empty", value: null };
  try {
    return { kind: "json", value: JSON.parse(text) as unknown };
  } catch {
    return { kind: "text", value: text };
  }
}
