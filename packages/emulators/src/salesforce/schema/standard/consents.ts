import type { ObjectOutline } from "../parse-object.ts";
import { CONTACT_POINT_TYPE, PRIVACY_CONSENT_STATUS } from "./picklists.ts";

const STATUS = `PrivacyConsentStatus picklist 255 required default=NotSeen values=${PRIVACY_CONSENT_STATUS}`;
const CAPTURE = `
    CaptureDate datetime
    CaptureContactPointType picklist 255 values=${CONTACT_POINT_TYPE}
    CaptureSource string 255
    DoubleConsentCaptureDate datetime
    EffectiveFrom datetime
    EffectiveTo datetime
    PartyRoleId reference to=Customer|Seller
    BusinessBrandId reference to=BusinessBrand restrict`;

const contactPointTypeConsent: ObjectOutline = {
  name: "ContactPointTypeConsent",
  label: "Contact Point Type Consent",
  keyPrefix: "0ZY",
  owner: "Group|User",
  fields: `
    Name string 255 required idLookup
    PartyId reference to=Individual required restrict
    ContactPointType picklist 255 values=${CONTACT_POINT_TYPE}
    EngagementChannelTypeId reference to=EngagementChannelType
    DataUsePurposeId reference to=DataUsePurpose
    ${STATUS}${CAPTURE}`,
};

const contactPointConsent: ObjectOutline = {
  name: "ContactPointConsent",
  label: "Contact Point Consent",
  keyPrefix: "0ZX",
  owner: "Group|User",
  fields: `
    Name string 255 required idLookup
    ContactPointId reference to=ContactPointAddress|ContactPointEmail|ContactPointPhone required restrict
    DataUsePurposeId reference to=DataUsePurpose
    EngagementChannelTypeId reference to=EngagementChannelType
    PartyId reference to=Individual readOnly
    ${STATUS}${CAPTURE}`,
};

const partyConsent: ObjectOutline = {
  name: "PartyConsent",
  label: "Party Consent",
  keyPrefix: "0ZV",
  owner: "Group|User",
  fields: `
    Name string 255 required idLookup
    PartyId reference to=Individual required restrict
    Action picklist 255 required default=Target values=Target|Segment|Data Collection|Cross Device|Reidentification|Share Data
    DataUsePurposeId reference to=DataUsePurpose restrict
    ${STATUS}${CAPTURE}`,
};

const commSubscriptionConsent: ObjectOutline = {
  name: "CommSubscriptionConsent",
  label: "Communication Subscription Consent",
  keyPrefix: "0eB",
  owner: "Group|User",
  fields: `
    Name string 255 required idLookup
    ConsentGiverId reference to=Account|Contact|Individual|User restrict
    ContactPointId reference to=ContactPointAddress|ContactPointEmail|ContactPointPhone required restrict
    ContactPointValue string 40
    EffectiveFromDate date required
    EffectiveToDate date
    ConsentCapturedDateTime datetime
    ConsentCapturedSource string 255
    CommSubscriptionChannelTypeId reference to=CommSubscriptionChannelType required restrict
    PartyRoleId reference to=Customer|Seller
    BusinessBrandId reference to=BusinessBrand restrict
    ${STATUS}
    DataUsePurposeId reference to=DataUsePurpose
    EngagementChannelTypeId reference to=EngagementChannelType
    PartyId reference to=Individual readOnly`,
};

const authorizationFormConsent: ObjectOutline = {
  name: "AuthorizationFormConsent",
  label: "Authorization Form Consent",
  keyPrefix: "0cL",
  owner: "Group|User",
  fields: `
    Name string 255 required idLookup
    ConsentGiverId reference to=Account|Contact|Individual|User|Lead required restrict
    AuthorizationFormTextId reference to=AuthorizationFormText restrict
    ConsentCapturedSource string 255
    ConsentCapturedSourceType picklist 255 values=${CONTACT_POINT_TYPE}
    ConsentCapturedDateTime datetime
    ConsentExpirationDateTime datetime
    Status picklist 255 values=Seen|Signed|Rejected
    RelatedRecordId reference to=Account
    Browser string 255
    Email email 80
    Ip string 39
    Location string 255`,
};

/** The records of consent themselves. Derived from org describes. */
export const consents: readonly ObjectOutline[] = [
  contactPointTypeConsent, contactPointConsent, partyConsent, commSubscriptionConsent, authorizationFormConsent,
];
