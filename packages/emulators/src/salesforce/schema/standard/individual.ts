import type { ObjectOutline } from "../parse-object.ts";
import { SALUTATION } from "./picklists.ts";

/** Derived from org describes; `HasPrivacyHold` is of newer orgs. */
export const individual: ObjectOutline = {
  name: "Individual",
  label: "Individual",
  keyPrefix: "0PK",
  owner: "User",
  fields: `
    LastName string 80 required
    FirstName string 40
    Salutation picklist 40 open values=${SALUTATION}
    Name string 121 readOnly
    HasOptedOutTracking boolean
    HasOptedOutProfiling boolean
    HasOptedOutProcessing boolean
    HasOptedOutSolicit boolean
    ShouldForget boolean
    SendIndividualData boolean
    CanStorePiiElsewhere boolean
    HasOptedOutGeoTracking boolean
    HasPrivacyHold boolean
    BirthDate date
    DeathDate date
    ConvictionsCount int 9
    ChildrenCount int 9
    MilitaryService picklist 255 values=Unknown|Yes|No
    IsHomeOwner boolean
    Occupation string 150
    Website url 255
    IndividualsAge picklist 255 values=13 or Older|16 or Older
    MasterRecordId reference to=Individual readOnly
    ConsumerCreditScore int 9
    ConsumerCreditScoreProviderName string 255
    InfluencerRating int 9`,
};
