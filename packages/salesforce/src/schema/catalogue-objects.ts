import { KEY_FIELD } from "./names.ts";
import { keyField } from "./field-types.ts";
import type { OrgObject } from "./org-model.ts";

/** Purposes and channels, whose rows `provision` keeps in step with the configuration. */
export const catalogueObjects: readonly OrgObject[] = [
  {
    name: "DataUsePurpose",
    definition: null,
    fields: [
      keyField({
        name: KEY_FIELD,
        label: "Volenti Key",
        help: "Digest of the brand and the purpose's key: connects consents with this purpose. Written by the integration.",
      }),
    ],
    rules: [],
  },
  {
    name: "EngagementChannelType",
    definition: null,
    fields: [
      keyField({
        name: KEY_FIELD,
        label: "Volenti Key",
        help: "Digest of the brand and the channel: connects consents with this channel. Written by the integration.",
      }),
    ],
    rules: [],
  },
];
