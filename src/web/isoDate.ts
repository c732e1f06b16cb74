/** A day as it is typed and as it stands in addresses: YYYY-MM-DD. */
export const ISO_DATE = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;
