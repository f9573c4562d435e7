/**
 * What the jobs of examples/contact-centre are up against in the demo: the instance that they find, the
 * quotas, and the faults of a bad morning.
 */
import * as campaigns from "@aws-sdk/client-connectcampaigns";
import type { Fault, LabOptions } from "../tests/support/lab/connect-server.ts";

export interface Scenario {
  /** Name of the job: `src/jobs/<job>.ts`. */
  readonly job: string;
  /** Read by the job, from a file that it is given. */
  readonly input?: unknown;
  /** Calls that the job has to make, pages of lists included. */
  readonly calls: number;
  readonly answers?: LabOptions["answers"];
  /** What the first accepted requests of an operation meet. */
  readonly faults?: Readonly<Record<string, readonly Fault[]>>;
}

/** The default quota of most operations, and answer times of a service nearby. */
export const INSTANCE = {
  rate: 2,
  burst: 5,
  latencyMs: 50,
  throttledLatencyMs: 10,
  modules: [campaigns],
} satisfies LabOptions;

/** What the jobs read from their environment. */
export const ENVIRONMENT = {
  CONNECT_INSTANCE_ID: "11111111-1111-4111-8111-111111111111",
  SUPPORT_QUEUE_ID: "22222222-2222-4222-8222-222222222222",
  SUPPORT_ROUTING_PROFILE_ID: "33333333-3333-4333-8333-333333333333",
  CALLBACK_FLOW_ID: "44444444-4444-4444-8444-444444444444",
  CAMPAIGN_ID: "55555555-5555-4555-8555-555555555555",
} as const;

const AGENTS = 18;
const QUEUES = 8;
const CALLBACKS = 12;
const LEADS = 250;
const LEADS_IN_A_BATCH = 25;

const NOT_READY: Fault = { kind: "error", name: "ResourceNotReadyException", status: 409 };
/** The call is placed, but its confirmation is lost. */
const LOST_ANSWER: Fault = { kind: "drop" };

function times<T>(count: number, make: (number: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index + 1));
}

function phone(number: number): string {
  return `+1555${String(number).padStart(7, "0")}`;
}

const directory: LabOptions["answers"] = {
  ListUsers: () => ({ UserSummaryList: times(AGENTS, (number) => ({ Id: `agent-${number}` })) }),
  ListQueues: () => ({ QueueSummaryList: times(QUEUES, (number) => ({ Id: `queue-${number}` })) }),
  DescribeUser: (_request, number) => ({
    User: { Id: `agent-${number}`, RoutingProfileId: "general" },
  }),
  DescribeQueue: (_request, number) => ({ Queue: { QueueId: `queue-${number}` } }),
};

export const SCENARIOS: readonly Scenario[] = [
  { job: "directory", answers: directory, calls: 2 + AGENTS + QUEUES },
  { job: "routing", answers: directory, calls: 2 + 2 * AGENTS },
  {
    job: "callbacks",
    input: times(CALLBACKS, (number) => ({
      phone: phone(number),
      name: `Customer ${number}`,
      caseId: `case-${number}`,
    })),
    faults: { StartOutboundVoiceContact: times(4, () => LOST_ANSWER) },
    calls: CALLBACKS,
  },
  {
    job: "campaign",
    input: times(LEADS, (number) => ({ phone: phone(number), product: "fibre" })),
    answers: { PutDialRequestBatch: () => ({ successfulRequests: [], failedRequests: [] }) },
    calls: LEADS / LEADS_IN_A_BATCH,
  },
  {
    job: "failover",
    answers: {
      CreateTrafficDistributionGroup: () => ({ Id: "66666666-6666-4666-8666-666666666666" }),
    },
    faults: {
      ReplicateInstance: [NOT_READY],
      CreateTrafficDistributionGroup: [NOT_READY, NOT_READY],
    },
    calls: 3,
  },
];
