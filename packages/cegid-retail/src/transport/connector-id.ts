export const CONNECTOR_ID = "cegid-retail";
