/** Everything in the body: wrappers, arguments, data members. */
export const RETAIL_NAMESPACE = "http://www.cegid.fr/Retail/1.0";
export const FAULT_NAMESPACE = "http://www.cegid.fr/fault";
/** Items of arrays of strings. */
export const ARRAYS_NAMESPACE = "http://schemas.microsoft.com/2003/10/Serialization/Arrays";
export const SERIALIZATION_NAMESPACE = "http://schemas.microsoft.com/2003/10/Serialization/";
export const ENVELOPE_NAMESPACE = "http://schemas.xmlsoap.org/soap/envelope/";
export const INSTANCE_NAMESPACE = "http://www.w3.org/2001/XMLSchema-instance";
/** Of the WSDL: Cegid left the default. */
export const WSDL_TARGET_NAMESPACE = "http://tempuri.org/";
