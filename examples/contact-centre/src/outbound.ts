import { StartOutboundVoiceContactCommand } from "@aws-sdk/client-connect";
import { callbackFlowId, instanceId, supportQueueId } from "./config.js";
import { connect } from "./connect.js";

export interface Callback {
  phone: string;
  name: string;
  caseId: string;
}

const MAX_TRIES = 5;

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Calls a customer back. Connect is often busy in the morning, so try a few times. */
export async function callBack({ phone, name, caseId }: Callback): Promise<string | undefined> {
  for (let attempt = 1; ; attempt++) {
    try {
      const { ContactId } = await connect.send(
        new StartOutboundVoiceContactCommand({
          InstanceId: instanceId,
          ContactFlowId: callbackFlowId,
          QueueId: supportQueueId,
          DestinationPhoneNumber: phone,
          Attributes: { name, caseId },
        }),
      );
      return ContactId;
    } catch (error) {
      if (attempt === MAX_TRIES) throw error;
      await sleep(1000);
    }
  }
}

/** Calls everyone back who asked for it. */
export async function callEveryoneBack(callbacks: Callback[]): Promise<string[]> {
  const contacts = await Promise.all(callbacks.map((callback) => callBack(callback)));
  return contacts.filter((id) => id !== undefined);
}
