/**
 * Default request quotas of the Connect family. They are documented, not modelled, so this is data.
 *
 * Source: Amazon Connect Administrator Guide, "Connect Customer service quotas", 2026 text.
 */
import { isKnownOperation } from "./tables.ts";

/** How often an operation may be called by default. Quotas can be raised for an account: a message should say "by default". */
export interface Quota {
  readonly ratePerSecond: number;
  /** Requests that may come at once after a pause. */
  readonly burst: number;
  /** Who shares the quota: everything in an account and Region, or the users of one instance. */
  readonly scope: "account-region" | "instance";
  /** Document and year. */
  readonly source: string;
}

/** Operations by name or by pattern, and their rate and burst. The first row that matches counts. */
type Row = readonly [operations: readonly string[] | RegExp, ratePerSecond: number, burst: number];

interface ServiceQuotas {
  readonly scope: Quota["scope"];
  readonly rows: readonly Row[];
}

const SOURCE = "Amazon Connect service quotas, 2026";

const EVERYTHING_ELSE = /^/;

const CAMPAIGNS: ServiceQuotas = {
  scope: "account-region",
  rows: [
    [/^(?:Create|Delete|Pause|Resume|Start|Stop)Campaign$/, 1, 2],
    [/^UpdateCampaign(?:DialerConfig|Name|OutboundCallConfig)$/, 1, 2],
    [/^(?:(?:Tag|Untag)Resource|ListTagsForResource)$/, 1, 2],
    [["GetCampaignState", "GetCampaignStateBatch", "ListCampaigns"], 5, 10],
    [/^Put\w*RequestBatch$/, 10, 10],
    [["DescribeCampaign"], 25, 35],
    [EVERYTHING_ELSE, 2, 5],
  ],
};

const ASSISTANT: ServiceQuotas = {
  scope: "account-region",
  rows: [
    [["DeleteQuickResponse", "SearchQuickResponses"], 20, 20],
    [["SendMessage"], 1, 2],
    [/^(?:Create|Update|Delete)MessageTemplate/, 3, 3],
    [EVERYTHING_ELSE, 10, 10],
  ],
};

const QUOTAS: Readonly<Record<string, ServiceQuotas>> = {
  "@aws-sdk/client-connect": {
    scope: "account-region",
    rows: [
      [["SearchContacts"], 0.5, 1],
      [["GetMetricData", "GetCurrentMetricData"], 5, 8],
      [["GetMetricDataV2"], 10, 10],
      [["StartChatContact", "StartContactStreaming", "StopContactStreaming"], 5, 8],
      [
        ["CreateParticipant", "CreatePersistentContactAssociation", "UpdateParticipantRoleConfig"],
        5,
        8,
      ],
      [
        [
          "BatchPutContact",
          "DescribeContact",
          "GetContactAttributes",
          "ListContactReferences",
          "StopContact",
          "UpdateContact",
          "UpdateContactAttributes",
        ],
        10,
        15,
      ],
      [["TagContact", "UntagContact"], 20, 25],
      [["UpdateContactRoutingData"], 20, 20],
      [["SendChatIntegrationEvent"], 17, 26],
      [["ListIntegrationAssociations"], 25, 50],
      [/Evaluation/, 3, 5],
      [EVERYTHING_ELSE, 2, 5],
    ],
  },
  "@aws-sdk/client-connect-contact-lens": {
    scope: "account-region",
    rows: [[["ListRealtimeContactAnalysisSegments"], 1, 2]],
  },
  "@aws-sdk/client-connectparticipant": {
    scope: "instance",
    rows: [
      [["CreateParticipantConnection"], 6, 9],
      [["DisconnectParticipant"], 3, 5],
      [["GetTranscript", "GetAttachment"], 8, 12],
      [["SendEvent", "SendMessage"], 10, 15],
      [["CompleteAttachmentUpload", "StartAttachmentUpload"], 2, 5],
    ],
  },
  "@aws-sdk/client-connectcampaigns": CAMPAIGNS,
  "@aws-sdk/client-connectcampaignsv2": CAMPAIGNS,
  "@aws-sdk/client-connectcases": {
    scope: "account-region",
    rows: [
      [["ListCasesForContact", "UpdateCase"], 2, 2],
      [["ListFieldOptions"], 6, 16],
      [["BatchGetField"], 8, 25],
      [["GetCase"], 4, 10],
      [["GetLayout", "GetTemplate"], 6, 20],
      [["CreateCase", "CreateRelatedItem", "SearchCases"], 2, 10],
      [["ListDomains", "ListFields", "ListLayouts", "ListTemplates"], 2, 10],
      [["ListTagsForResource", "TagResource", "UntagResource"], 2, 10],
      [/^(?:Create|Delete|Update)(?:Domain|Field|Layout|Template)$/, 2, 5],
      [["BatchPutFieldOptions", "GetDomain"], 2, 5],
    ],
  },
  // The document gives transactions per second alone here: nothing above the rate is promised.
  "@aws-sdk/client-customer-profiles": {
    scope: "account-region",
    rows: [
      [/^(?:Create|Delete|Update)Profile$|^SearchProfiles$/, 100, 100],
      [["DeleteProfileObject", "ListProfileObjects", "PutProfileObject"], 100, 100],
      [["GetProfileObjectType"], 10, 10],
      [/^(?:Create|Delete|Update)Domain$/, 1, 1],
      [/^(?:Delete|Put)(?:Integration|ProfileObjectType)$/, 1, 1],
      [["GetDomain", "GetIntegration", "GetProfileObjectTypeTemplate"], 5, 5],
      [/^List(?:AccountIntegrations|Domains|Integrations|ProfileObjectType(?:s|Templates))$/, 5, 5],
    ],
  },
  "@aws-sdk/client-qconnect": ASSISTANT,
  "@aws-sdk/client-wisdom": ASSISTANT,
};

/** The default quota of an operation; undefined where none is documented or the operation is unknown. */
export function quotaOf(packageName: string, operationName: string): Quota | undefined {
  if (!isKnownOperation(packageName, operationName)) return undefined;
  const quotas = QUOTAS[packageName];
  const row = quotas?.rows.find(([operations]) =>
    operations instanceof RegExp
      ? operations.test(operationName)
      : operations.includes(operationName),
  );
  if (quotas === undefined || row === undefined) return undefined;
  const [, ratePerSecond, burst] = row;
  return { ratePerSecond, burst, scope: quotas.scope, source: SOURCE };
}

/** Every operation that the table names one by one, for tests. */
export function operationsWithOwnQuota(): [packageName: string, operationName: string][] {
  return Object.entries(QUOTAS).flatMap(([packageName, { rows }]) =>
    rows.flatMap(([operations]) =>
      operations instanceof RegExp
        ? []
        : operations.map((name): [string, string] => [packageName, name]),
    ),
  );
}
