/** Values as real orgs describe them; derived from the describes of several orgs. */
export const PRIVACY_CONSENT_STATUS = "NotSeen|Seen|OptIn|OptOut|OptInPending|OptOutPending";
export const CONTACT_POINT_TYPE = "Email|Phone|Web|Social|MailingAddress|InPerson|Video";
export const SALUTATION = "Mr.|Ms.|Mrs.|Dr.|Prof.|Mx.";
export const USAGE_TYPE = "Home|Work|Temporary|Inactive";
export const GEOCODE_ACCURACY = "Address|NearAddress|Block|Street|ExtendedZip|Zip|Neighborhood|City|County|State|Unknown";
export const CLEAN_STATUS = "Matched|Different|Acknowledged|NotFound|Inactive|Pending|SelectMatch|Skipped";
export const LEAD_SOURCE = "Web|Phone Inquiry|Partner Referral|Purchased List|Other";
