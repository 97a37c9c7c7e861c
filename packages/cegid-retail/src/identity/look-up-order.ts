import type { Settings } from "../settings.ts";

/** By what people of refs that are known were found last, in this process. */
export interface LookUpOrder {
  /** Whether the link is asked for before our own id. */
  isLinkFirst(): boolean;
  note(foundBy: "ownId" | "link"): void;
}

/** How many in a row have to be found by the link: one of them alone may stand among people whom we named. */
const IN_A_ROW = 2;

/**
 * Nothing tells beforehand whether a ref's customer has an id of ours or carries a link, and each wrong guess is a call: who
 * comes next is most likely like those before. Whom we named comes first until two in a row were linked, and at once again
 * behind one whom we named; `asksLinkFirst` begins as if two had been linked. Who is found is the same either way.
 */
export function createLookUpOrder({ asksLinkFirst }: Pick<Settings, "asksLinkFirst">): LookUpOrder {
  let linkedInARow = asksLinkFirst ? IN_A_ROW : 0;
  return {
    isLinkFirst: () => linkedInARow >= IN_A_ROW,
    note: (foundBy) => {
      linkedInARow = foundBy === "link" ? linkedInARow + 1 : 0;
    },
  };
}
