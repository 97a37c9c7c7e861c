/** Before every UUID that anybody makes: where a list begins. */
export const FIRST_ID = "00000000-0000-0000-0000-000000000000";
