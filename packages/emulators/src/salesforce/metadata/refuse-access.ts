/** What a user without "Modify All Data" and "Modify Metadata" is told. */
export const NO_METADATA_ACCESS = {
  code: "INSUFFICIENT_ACCESS",
  message: "use of the Metadata API requires a user with the ModifyAllData or ModifyMetadata permissions",
} as const;
