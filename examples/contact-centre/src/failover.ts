import {
  CreateTrafficDistributionGroupCommand,
  ReplicateInstanceCommand,
  UpdateTrafficDistributionCommand,
} from "@aws-sdk/client-connect";
import { instanceId } from "./config.js";
import { connect } from "./connect.js";

/** Sets up the standby region. Returns the id of the traffic distribution group. */
export async function prepareFailover(region: string, alias: string): Promise<string> {
  await connect.send(
    new ReplicateInstanceCommand({
      InstanceId: instanceId,
      ReplicaRegion: region,
      ReplicaAlias: alias,
    }),
  );
  const { Id } = await connect.send(
    new CreateTrafficDistributionGroupCommand({ InstanceId: instanceId, Name: alias }),
  );
  if (!Id) throw new Error("Connect gave no id");
  await connect.send(
    new UpdateTrafficDistributionCommand({
      Id,
      TelephonyConfig: {
        Distributions: [
          { Region: process.env.AWS_REGION ?? "us-east-1", Percentage: 100 },
          { Region: region, Percentage: 0 },
        ],
      },
    }),
  );
  return Id;
}
