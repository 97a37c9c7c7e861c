import type { ObjectOutline } from "../parse-object.ts";
import { GEOCODE_ACCURACY, USAGE_TYPE } from "./picklists.ts";

const COMMON = `
    ParentId reference to=Account|Individual cascade
    ActiveFromDate date
    ActiveToDate date
    BestTimeToContactEndTime time
    BestTimeToContactStartTime time
    BestTimeToContactTimezone picklist 255 open
    IsPrimary boolean
    PreferenceRank int 9
    UsageType picklist 40 values=${USAGE_TYPE}`;

/** Where a person can be reached. Derived from org describes. */
export const contactPoints: readonly ObjectOutline[] = [
  {
    name: "ContactPointEmail",
    label: "Contact Point Email",
    keyPrefix: "9Vl",
    owner: "Group|User",
    fields: `
      Name string 255 readOnly
      EmailAddress email 80 required
      EmailMailBox string 250
      EmailDomain string 250
      EmailLatestBounceDateTime datetime
      EmailLatestBounceReasonText string 250${COMMON}`,
  },
  {
    name: "ContactPointPhone",
    label: "Contact Point Phone",
    keyPrefix: "9Vk",
    owner: "Group|User",
    fields: `
      Name string 255 readOnly
      TelephoneNumber phone 40 required
      AreaCode string 30
      ExtensionNumber string 30
      PhoneType picklist 255 values=Home|Mobile
      IsSmsCapable boolean
      IsFaxCapable boolean
      IsPersonalPhone boolean
      IsBusinessPhone boolean
      FormattedInternationalPhoneNumber string 250
      FormattedNationalPhoneNumber string 250${COMMON}`,
  },
  {
    name: "ContactPointAddress",
    label: "Contact Point Address",
    keyPrefix: "8lW",
    owner: "Group|User",
    fields: `
      Name string 255 required
      ContactPointPhoneId reference to=ContactPointPhone
      AddressType picklist 255 values=Billing|Shipping
      Street textarea 255
      City string 40
      State string 80
      PostalCode string 20
      Country string 80
      Latitude double 18 scale=15
      Longitude double 18 scale=15
      GeocodeAccuracy picklist 40 values=${GEOCODE_ACCURACY}
      Address address readOnly
      IsDefault boolean
      IsThirdPartyAddress boolean${COMMON}`,
  },
];
