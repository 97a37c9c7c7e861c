import * as z from "zod";

const params = { code: "loneSurrogate" } as const;

/** A text of whole characters: what is digested or stored as UTF-8 knows no half of a surrogate pair. */
export const wellFormedText = z.string().refine((text) => text.isWellFormed(), { params });

/** An address; zod answers it as it was written, halves of characters and all. */
export const wellFormedUrl = z.url().refine((text) => text.isWellFormed(), { params });
