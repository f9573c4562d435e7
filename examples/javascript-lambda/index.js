const { ConnectClient, GetCurrentMetricDataCommand } = require("@aws-sdk/client-connect");

const connect = new ConnectClient();

/** How many callers wait in each of the queues that the event names. */
exports.handler = async ({ queues }) => {
  const { MetricResults = [] } = await connect.send(
    new GetCurrentMetricDataCommand({
      InstanceId: process.env.CONNECT_INSTANCE_ID,
      Filters: { Queues: queues },
      Groupings: ["QUEUE"],
      CurrentMetrics: [{ Name: "CONTACTS_IN_QUEUE", Unit: "COUNT" }],
    }),
  );
  return MetricResults.map(({ Dimensions, Collections }) => ({
    queue: Dimensions.Queue.Id,
    waiting: Collections[0].Value,
  }));
};
