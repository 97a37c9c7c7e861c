/** Of the Metadata API that the additions are written in. */
export const API_VERSION = "62.0";
