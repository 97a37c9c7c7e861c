export const ENVELOPE_NAMESPACE = "http://schemas.xmlsoap.org/soap/envelope/";
/** Of every operation and of every member of the data contract. */
export const RETAIL_NAMESPACE = "http://www.cegid.fr/Retail/1.0";
export const INSTANCE_NAMESPACE = "http://www.w3.org/2001/XMLSchema-instance";
