import {
  AssociateRoutingProfileQueuesCommand,
  DescribeUserCommand,
  UpdateUserRoutingProfileCommand,
} from "@aws-sdk/client-connect";
import { instanceId, supportProfileId, supportQueueId } from "./config.js";
import { connect } from "./connect.js";
import { listUserIds } from "./directory.js";

async function openSupportQueue(): Promise<void> {
  await connect.send(
    new AssociateRoutingProfileQueuesCommand({
      InstanceId: instanceId,
      RoutingProfileId: supportProfileId,
      QueueConfigs: [
        {
          QueueReference: { QueueId: supportQueueId, Channel: "VOICE" },
          Priority: 1,
          Delay: 0,
        },
      ],
    }),
  );
}

async function moveToSupport(userId: string): Promise<boolean> {
  const { User } = await connect.send(
    new DescribeUserCommand({ InstanceId: instanceId, UserId: userId }),
  );
  if (User?.RoutingProfileId === supportProfileId) return false;
  await connect.send(
    new UpdateUserRoutingProfileCommand({
      InstanceId: instanceId,
      UserId: userId,
      RoutingProfileId: supportProfileId,
    }),
  );
  return true;
}

/** Puts everyone on support, team by team. Returns how many were moved. */
export async function allHandsOnSupport(teamSize = 4): Promise<number> {
  await openSupportQueue();
  const userIds = await listUserIds();
  let moved = 0;
  for (let start = 0; start < userIds.length; start += teamSize) {
    const team = userIds.slice(start, start + teamSize);
    const results = await Promise.all(team.map((id) => moveToSupport(id)));
    moved += results.filter(Boolean).length;
  }
  return moved;
}
