import type { ObjectOutline } from "../parse-object.ts";
import { CONTACT_POINT_TYPE } from "./picklists.ts";

const outline = (name: string, label: string, keyPrefix: string, fields: string): ObjectOutline => ({
  name, label, keyPrefix, owner: "Group|User", fields: `\nName string 255 required\n${fields}`,
});

/** What consents speak of: purposes, legal bases, forms, subscriptions, channels, brands. Derived from org describes. */
export const consentCatalogue: readonly ObjectOutline[] = [
  outline("DataUsePurpose", "Data Use Purpose", "0ZW", `
    LegalBasisId reference to=DataUseLegalBasis
    Description string 255
    CanDataSubjectOptOut boolean`),
  outline("DataUseLegalBasis", "Data Use Legal Basis", "0ZU", `
    Source string 255
    Description string 255`),
  outline("AuthorizationForm", "Authorization Form", "0cI", `
    RevisionNumber string 10
    EffectiveFromDate date
    EffectiveToDate date
    DefaultAuthFormTextId reference to=AuthorizationFormText
    IsSignatureRequired boolean
    AssociatedRegulation string 255
    ConsentDurationDayCount int 9`),
  {
    name: "AuthorizationFormText",
    label: "Authorization Form Text",
    keyPrefix: "0cM",
    owner: null,
    fields: `
      Name string 255 required idLookup
      AuthorizationFormId reference to=AuthorizationForm required cascade
      FullAuthorizationFormUrl string 255
      SummaryAuthFormText string 255
      Locale picklist 255 open
      LocaleSelection picklist 255 open`,
  },
  outline("AuthorizationFormDataUse", "Authorization Form Data Use", "0cJ", `
    AuthorizationFormId reference to=AuthorizationForm required restrict
    DataUsePurposeId reference to=DataUsePurpose required restrict`),
  outline("CommSubscription", "Communication Subscription", "0Xl", ""),
  outline("CommSubscriptionChannelType", "Communication Subscription Channel Type", "0eF", `
    CommunicationSubscriptionId reference to=CommSubscription required restrict
    EngagementChannelTypeId reference to=EngagementChannelType required restrict
    DataUsePurposeId reference to=DataUsePurpose`),
  {
    name: "CommSubscriptionTiming",
    label: "Communication Subscription Timing",
    keyPrefix: "0al",
    owner: null,
    fields: `
      Name string 255 required
      CommSubscriptionConsentId reference to=CommSubscriptionConsent required cascade
      Unit picklist 255 required values=DayOfWeek|Hour|Day|Week|Month
      Offset int 9`,
  },
  outline("EngagementChannelType", "Engagement Channel Type", "0eC", `
    ContactPointType picklist 255 values=${CONTACT_POINT_TYPE}
    IsActive boolean default=true
    UsageType multipicklist`),
  outline("BusinessBrand", "Business Brand", "0gB", `
    OrgId string 255
    ParentId reference to=BusinessBrand`),
  outline("Customer", "Customer", "0o6", `
    PartyId reference to=Individual cascade
    TotalLifeTimeValue int 9
    CustomerStatusType picklist 255 values=Active|Inactive`),
  outline("Seller", "Seller", "0o7", `
    PartyId reference to=Individual cascade
    SalesAmount int 9
    SellerType picklist 255 values=Reseller|Distributor|Wholesaler|SalesPartner
    SellerTier picklist 255 values=Gold|Silver|Bronze
    ActiveFromDate date
    ActiveToDate date`),
];
