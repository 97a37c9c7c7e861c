import { isStanding, type SubjectWriteV1 } from "@volenti/core/adapter";

/** Whether an item brings a decision that lost to another of the same item: the org tells how the greatest fared, and no other. */
export function hasSeveralUnderOneKey({ decisions, states }: SubjectWriteV1): boolean {
  return decisions.some(({ record }) => isStanding(record.status) && !states.some(({ decisionId }) => decisionId === record.id));
}
