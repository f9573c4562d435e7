import { StartOutboundVoiceContactCommand } from "@aws-sdk/client-connect";
import { connect } from "@contact-centre/connect";

export interface Callback {
  instanceId: string;
  flowId: string;
  queueId: string;
  phone: string;
}

/** Calls a customer back, and tries three times. */
export async function callBack({ instanceId, flowId, queueId, phone }: Callback): Promise<void> {
  for (let attempt = 1; attempt <= 3; attempt++) {
    try {
      await connect.send(
        new StartOutboundVoiceContactCommand({
          InstanceId: instanceId,
          ContactFlowId: flowId,
          QueueId: queueId,
          DestinationPhoneNumber: phone,
        }),
      );
      return;
    } catch (error) {
      if (attempt === 3) throw error;
    }
  }
}
