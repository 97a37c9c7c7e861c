import type { NoticePhrases } from "../phrases/notice-phrases.ts";
import { fill, labelsOf, textIn, type ComposeItem } from "../notice-context.ts";
import { objectable } from "./compose-purposes.ts";

/** The rights of all laws of the place; where none is known here, nobody can say them. */
export const composeRights: ComposeItem = (context) => {
  const { rows, phrases, volenti: { controller: { contact } } } = context;
  const named = new Set(rows.flatMap(({ row: { rule } }) => (rule.about === "rights" ? rule.rights : [])));
  const told = Object.keys(phrases.rights).filter((right) => named.has(right)) as (keyof NoticePhrases["rights"])[];
  if (told.length === 0) return { missing: ["regimes.rules"] };
  const objections = objectable(context);
  return {
    introduction: [phrases.rightsIntroduction],
    list: told.map((right) => phrases.rights[right]),
    closing: [
      ...(objections.length > 0 ? [fill(phrases.objection, { labels: labelsOf({ ...context, purposes: objections }) })] : []),
      fill(phrases.rightsHow, { contact }),
    ],
  };
};

export const composeAutomatedDecisions: ComposeItem = ({ volenti: { information: { automatedDecisions } }, phrases, locale }) => {
  if (automatedDecisions === undefined) return { missing: ["information.automatedDecisions"] };
  if (automatedDecisions === "none") return { introduction: [phrases.noAutomatedDecisions] };
  const text = textIn({ texts: automatedDecisions, locale });
  return text === undefined ? { missing: [`information.automatedDecisions.${locale}`] } : { introduction: [text] };
};
