import type { CegidRetailEmulator } from "@volenti/emulators";

/** What the retail system holds now, and what it took of calls: a line. */
export function describeFolder(cegidRetail: CegidRetailEmulator): string {
  const { customers, calls } = cegidRetail;
  return `Cegid Retail holds ${customers.list().length} customers, each looked for, written and read back, in ${calls.total()} calls.`;
}
