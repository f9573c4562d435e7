function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}

export const instanceId = required("CONNECT_INSTANCE_ID");
export const supportQueueId = required("SUPPORT_QUEUE_ID");
export const supportProfileId = required("SUPPORT_ROUTING_PROFILE_ID");
export const callbackFlowId = required("CALLBACK_FLOW_ID");
export const campaignId = required("CAMPAIGN_ID");
