export const ENVELOPE_NAMESPACE = "http://schemas.xmlsoap.org/soap/envelope/";
/** Of every operation and of every member of the data contract. */
export const RETAIL_NAMESPACE = "http://www.cegid.fr/Retail/1.0";
export const FAULT_NAMESPACE = "http://www.cegid.fr/fault";
export const ARRAYS_NAMESPACE = "http://schemas.microsoft.com/2003/10/Serialization/Arrays";
export const INSTANCE_NAMESPACE = "http://www.w3.org/2001/XMLSchema-instance";
