/** What the demonstration knows of a country. */
export interface DemoCountry {
  readonly code: string;
  /** A locale in which the notice `signup` is there. */
  readonly locale: string;
  readonly collectionPoints: readonly string[];
  /** A till that works offline and uploads later: its times are a device's. */
  readonly till: string;
  /** Before two more digits: a range set aside for fiction, each number for one person. Absent where none is known. */
  readonly phonePrefix?: string;
  readonly address: { readonly streetAddress: string; readonly locality: string; readonly postalCode: string };
  /** Given name, family name, local part of the e-mail address; the last one refuses everything. */
  readonly people: readonly (readonly [string, string, string])[];
}
