import { randomUUID } from "node:crypto";
import {
  ConnectCampaignsClient,
  type DialRequest,
  PutDialRequestBatchCommand,
} from "@aws-sdk/client-connectcampaigns";
import { campaignId } from "./config.js";

const campaigns = new ConnectCampaignsClient();

const BATCH_SIZE = 25;
const ONE_DAY_MS = 24 * 60 * 60 * 1000;

export interface Lead {
  phone: string;
  product: string;
}

function toDialRequest({ phone, product }: Lead): DialRequest {
  return {
    clientToken: randomUUID(),
    phoneNumber: phone,
    expirationTime: new Date(Date.now() + ONE_DAY_MS),
    attributes: { product },
  };
}

/** Hands the leads to the dialler. */
export async function dialLeads(leads: Lead[]): Promise<void> {
  const batches: DialRequest[][] = [];
  for (let start = 0; start < leads.length; start += BATCH_SIZE) {
    batches.push(leads.slice(start, start + BATCH_SIZE).map(toDialRequest));
  }
  await Promise.all(
    batches.map((dialRequests) =>
      campaigns.send(new PutDialRequestBatchCommand({ id: campaignId, dialRequests })),
    ),
  );
}
