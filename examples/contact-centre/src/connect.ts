import { ConnectClient } from "@aws-sdk/client-connect";

/** The one client that everything here shares. */
export const connect = new ConnectClient({});
