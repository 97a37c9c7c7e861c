/** What a query says of a submission that no erasure of the kit turns away: given after all of them. */
export const CURRENT_SUBMISSION = { occurredAt: Date.UTC(2100, 0, 1), onlyRefuses: false } as const;
