import type { StartupNote } from "../volenti.ts";
import { placeOf } from "./check-grounds.ts";
import { listRecipients, OTHER_STORE } from "./covers-rule.ts";
import { toRecipientText } from "./recipient.ts";
import type { ReleasePolicy } from "./release-policy.ts";

/** Recipients of the policy of whom nobody says where they are: residency then refuses what depends on the place. */
export function noteUnplacedRecipients({ source, world }: ReleasePolicy): readonly StartupNote[] {
  if (world.residency === null || source.rules.every(({ effect }) => effect === "deny")) return [];
  return listRecipients({ rules: source.rules, world })
    .filter((recipient) => recipient.id !== OTHER_STORE && recipient.kind !== "destination")
    .filter((recipient) => placeOf({ world, recipient, declarations: source.recipients }) === null)
    .map((recipient) => ({
      path: `release.recipients.${toRecipientText(recipient)}`,
      code: "recipientRegionUnknown",
      message: "no region is declared: nothing is released there of people whose data may not go everywhere",
    }));
}
