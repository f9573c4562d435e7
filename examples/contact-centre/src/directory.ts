import {
  DescribeQueueCommand,
  DescribeUserCommand,
  paginateListQueues,
  paginateListUsers,
  type Queue,
  type User,
} from "@aws-sdk/client-connect";
import { instanceId } from "./config.js";
import { connect } from "./connect.js";

export interface Directory {
  users: User[];
  queues: Queue[];
}

export async function listUserIds(): Promise<string[]> {
  const ids: string[] = [];
  for await (const page of paginateListUsers({ client: connect }, { InstanceId: instanceId })) {
    for (const user of page.UserSummaryList ?? []) {
      if (user.Id) ids.push(user.Id);
    }
  }
  return ids;
}

async function listQueueIds(): Promise<string[]> {
  const ids: string[] = [];
  const pages = paginateListQueues(
    { client: connect },
    { InstanceId: instanceId, QueueTypes: ["STANDARD"] },
  );
  for await (const page of pages) {
    for (const queue of page.QueueSummaryList ?? []) {
      if (queue.Id) ids.push(queue.Id);
    }
  }
  return ids;
}

async function describeUser(id: string): Promise<User | undefined> {
  const { User: user } = await connect.send(
    new DescribeUserCommand({ InstanceId: instanceId, UserId: id }),
  );
  return user;
}

async function describeQueue(id: string): Promise<Queue | undefined> {
  const { Queue: queue } = await connect.send(
    new DescribeQueueCommand({ InstanceId: instanceId, QueueId: id }),
  );
  return queue;
}

/** Everyone and every queue with all details, for the wallboard. */
export async function loadDirectory(): Promise<Directory> {
  const [userIds, queueIds] = await Promise.all([listUserIds(), listQueueIds()]);
  const users = await Promise.all(userIds.map((id) => describeUser(id)));
  const queues = await Promise.all(queueIds.map(describeQueue));
  return {
    users: users.filter((user) => user !== undefined),
    queues: queues.filter((queue) => queue !== undefined),
  };
}
