/** Whether the caller saves although an alert finds duplicates. Parts of a composite say so themselves. */
export function allowsDuplicates(headers: Headers): boolean {
  return /allowSave\s*=\s*true/i.test(headers.get("Sforce-Duplicate-Rule-Header") ?? "");
}
