/**
 * What no public source settles about Y2. Each default is the answer that a careless caller survives least; a tenant that
 * was asked may be imitated by setting the others.
 */
export interface UnprovenBehaviour {
  /** Of booleans, numbers, enumerations and dates that an update leaves out: written over with their default, or kept. */
  readonly absentValues: "reset" | "keep";
  /** Of texts, records and arrays that an update leaves out or sends as nil. An empty element always clears. */
  readonly absentReferences: "keep" | "reset";
  /** `xsi:nil` on a member that .NET cannot leave null. */
  readonly nilValues: "fault" | "asAbsent";
  readonly tooLong: "fault" | "truncate";
  /** Opt-ins that differ where the folder's privacy level wants them equal. */
  readonly privacyViolation: "fault" | "accept";
  readonly emailingWithoutEmail: "fault" | "accept";
  /** A yes to a contact point that the record lacks. */
  readonly optInWithoutContact: "accept" | "fault";
  /** Y2 marks such addresses as incorrect: `ValidEmail` goes to false whatever was sent. */
  readonly malformedEmail: "markInvalid" | "fault";
  /** Whether a phone number of another customer is refused as a duplicate, CBR00450. */
  readonly duplicatePhones: "accept" | "fault";
  /** An update that makes a company of an individual, or the reverse. */
  readonly kindChange: "fault" | "accept";
  readonly missingCustomerId: "assign" | "fault";
  /** Of GetCustomerDetail and GetCustomerIdByReference. */
  readonly unknownCustomer: "fault" | "empty";
  /** Of SearchCustomerIds. */
  readonly nothingFound: "empty" | "fault";
  /** `prefix` pays no heed to case either. */
  readonly searchMatch: "exact" | "caseInsensitive" | "prefix";
  /** The members of a result that a search fills beside `CustomerId`; the rest reads as blank, opt-ins as AskCustomer. */
  readonly searchResultFields: "all" | readonly string[];
  /** Where no `Closed` was asked for. */
  readonly closedInSearch: "found" | "left out";
  /** `LastModificationDate` as a criterion: no criterion at all, or those changed since. */
  readonly modificationCriterion: "ignored" | "since";
  /** The id of a customer that was merged into another: gone, or still there and closed. */
  readonly mergedCustomers: "unknown" | "closed";
  readonly closedCustomerUpdate: "accept" | "fault";
  /** `LastModificationDate` in an update: ignored, or refused where it is not the one that stands. */
  readonly modificationDate: "ignored" | "checked";
  readonly customerReference: "externalReference" | "customerId" | "either";
  /** Countries come back in the folder's own code, or as they were written. */
  readonly countryOnRead: "internal" | "asWritten";
  /** A date with `Z`: turned into the server's time, or its digits taken as they are. */
  readonly utcDates: "converted" | "kept";
  readonly userDatePrecision: "second" | "day";
  /** Texts that hold nothing, in answers. */
  readonly blankStrings: "empty" | "nil" | "absent";
  /** Of refusals by a rule: CbpExceptionDetail as it was captured, or BusinessFaultDetail. */
  readonly faultShape: "exception" | "business";
  /** How HelloWorld writes the time. */
  readonly helloWorldClock: "iso" | "culture";
}

export const STRICT_BEHAVIOUR: UnprovenBehaviour = {
  absentValues: "reset",
  absentReferences: "keep",
  nilValues: "fault",
  tooLong: "fault",
  privacyViolation: "fault",
  emailingWithoutEmail: "fault",
  optInWithoutContact: "accept",
  malformedEmail: "markInvalid",
  duplicatePhones: "accept",
  kindChange: "fault",
  missingCustomerId: "assign",
  unknownCustomer: "fault",
  nothingFound: "empty",
  searchMatch: "exact",
  searchResultFields: [],
  closedInSearch: "found",
  modificationCriterion: "ignored",
  mergedCustomers: "unknown",
  closedCustomerUpdate: "accept",
  modificationDate: "ignored",
  customerReference: "externalReference",
  countryOnRead: "internal",
  utcDates: "converted",
  userDatePrecision: "second",
  blankStrings: "empty",
  faultShape: "exception",
  helloWorldClock: "iso",
};
