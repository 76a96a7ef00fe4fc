/** Opens the local outbox of the servers under test. */
export const OUTBOX_TOKEN = "0123456789abcdef";
