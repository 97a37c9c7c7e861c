import type { Culture } from "../folder.ts";

interface RuleText {
  readonly code: string;
  /** `{members}` and `{sent}` are filled in. */
  readonly text: Readonly<Record<Culture, string>>;
}

/**
 * Only CBR00450 was ever seen in public. The codes that begin with CBR99 are this emulator's own: a tenant's are on its
 * page Documentation > Exceptions.
 */
export const RULE_TEXTS = {
  alreadyExists: rule("CBR00450", "Customer {sent} already exists", "Le client {sent} existe déjà"),
  unknownFolder: rule("CBR99001", "Folder {sent} does not exist", "Le dossier {sent} n'existe pas"),
  unknownCustomer: rule("CBR99002", "Customer {sent} does not exist", "Le client {sent} n'existe pas"),
  required: rule("CBR99003", "The {members} field is required", "Le champ {members} est obligatoire"),
  tooLong: rule("CBR99004", "{members}: the value {sent} is too long", "{members} : la valeur {sent} est trop longue"),
  notInTable: rule("CBR99005", "{members}: the code {sent} does not exist", "{members} : le code {sent} n'existe pas"),
  notUnique: rule("CBR99006", "{members}: {sent} is already used by another customer", "{members} : {sent} est déjà utilisé par un autre client"),
  privacyLevel: rule("CBR99007", "{members}: the values must be the same", "{members} : les valeurs doivent être identiques"),
  malformed: rule("CBR99008", "{members}: {sent} is not valid", "{members} : {sent} est incorrect"),
  noEmail: rule("CBR99009", "{members}: no e-mail address is present", "{members} : aucune adresse e-mail n'est renseignée"),
  noContact: rule("CBR99010", "{members}: the contact point is not filled in", "{members} : la coordonnée n'est pas renseignée"),
  userField: rule("CBR99011", "{members}: user field {sent} has another type or does not exist", "{members} : le champ utilisateur {sent} est d'un autre type ou n'existe pas"),
  kindChange: rule("CBR99012", "{members}: an individual cannot become a company", "{members} : un particulier ne peut pas devenir une société"),
  closed: rule("CBR99013", "Customer {sent} is closed", "Le client {sent} est fermé"),
  anonymized: rule("CBR99014", "Customer {sent} is anonymized", "Le client {sent} est anonymisé"),
  changedMeanwhile: rule("CBR99015", "Customer {sent} was changed meanwhile", "Le client {sent} a été modifié entre-temps"),
  nothingFound: rule("CBR99016", "No customer was found", "Aucun client trouvé"),
} satisfies Record<string, RuleText>;

export type RuleName = keyof typeof RULE_TEXTS;

function rule(code: string, english: string, french: string): RuleText {
  return { code, text: { "en-US": english, "fr-FR": french } };
}

export function ruleText(request: { rule: RuleName; culture: Culture; members: readonly string[]; sent: string }): string {
  const { rule: name, culture, members, sent } = request;
  const fill: Readonly<Record<string, string>> = { members: members.join(", "), sent };
  return RULE_TEXTS[name].text[culture].replaceAll(/\{(members|sent)\}/g, (_whole, key: string) => fill[key] ?? "");
}
