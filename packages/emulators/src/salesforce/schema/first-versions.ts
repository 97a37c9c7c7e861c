/** The API versions from which on objects are there; whatever is not listed is as old as the API. */
const OBJECTS: Readonly<Record<string, number>> = {
  Individual: 42, ContactPointTypeConsent: 45, DataUsePurpose: 45, DataUseLegalBasis: 45, AuthorizationForm: 46, AuthorizationFormText: 46,
  AuthorizationFormConsent: 46, AuthorizationFormDataUse: 46, ContactPointConsent: 48, PartyConsent: 48, CommSubscription: 48,
  CommSubscriptionChannelType: 48, CommSubscriptionConsent: 48, CommSubscriptionTiming: 48, EngagementChannelType: 48, ContactPointEmail: 48,
  ContactPointPhone: 48, ContactPointAddress: 49, BusinessBrand: 53,
};
const FIELDS: Readonly<Record<string, number>> = {
  "CommSubscriptionConsent.PrivacyConsentStatus": 57, "CommSubscriptionConsent.PartyId": 57, "CommSubscriptionConsent.DataUsePurposeId": 57,
  "CommSubscriptionConsent.EngagementChannelTypeId": 57,
};

export function isObjectOf(request: { objectName: string; apiVersion: number }): boolean {
  return request.apiVersion >= (OBJECTS[request.objectName] ?? 0);
}

/** A reference is there once one of the objects is that it leads to. */
export function isFieldOf(request: { objectName: string; fieldName: string; referenceTo: readonly string[]; apiVersion: number }): boolean {
  const { objectName, fieldName, referenceTo, apiVersion } = request;
  if (apiVersion < (FIELDS[`${objectName}.${fieldName}`] ?? 0)) return false;
  return referenceTo.length === 0 || referenceTo.some((target) => isObjectOf({ objectName: target, apiVersion }));
}
