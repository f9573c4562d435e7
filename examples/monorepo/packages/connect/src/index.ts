import { ConnectClient } from "@aws-sdk/client-connect";

/** The client that all packages share: the one place where its retries are decided. */
export const connect = new ConnectClient({});
