/**
 * What happens if a request is carried out twice. No schema says it, so this is data.
 *
 * Sources: Amazon Connect API reference and the API references of its sister services (2026 texts) for what each operation does; the
 * generated tables for tokens and for declared conflict errors.
 */

import { isKnownOperation } from "./tables.ts";

/**
 * - `A`: a duplicate reaches a person or costs money.
 * - `B`: creates something, has no token that the SDK fills, and declares no conflict error: a repeat can create a second one.
 * - `C`: has no such token, but what it creates has a unique name: a repeat fails with a conflict, which may be about one's own first attempt.
 * - `none`: anything else. What mutates there is last-writer-wins.
 */
export type DangerTier = "A" | "B" | "C" | "none";

/** For tier A: what a repeated request may do, to be said after "each attempt". */
const CONSEQUENCES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "@aws-sdk/client-connect": {
    BatchPutContact: "may place the same calls again",
    ClaimPhoneNumber: "may claim another phone number",
    CreateContact: "may create another contact",
    CreateInstance: "may create another instance",
    CreateParticipant: "may add another participant",
    ImportPhoneNumber: "may import the phone number again",
    MonitorContact: "may start another monitoring session",
    ReplicateInstance: "may create another replica",
    SendOutboundEmail: "may send another e-mail",
    SendOutboundWebNotification: "may send another notification",
    StartAssistantContact: "may start another assistant contact",
    StartChatContact: "may start another chat",
    StartEmailContact: "may create another e-mail contact",
    StartOutboundChatContact: "may send another message and start another chat",
    StartOutboundEmailContact: "may send another e-mail",
    StartOutboundVoiceContact: "may place another call",
    StartTaskContact: "may create another task",
    StartWebRTCContact: "may place another call",
    TransferContact: "may transfer the contact again",
  },
  "@aws-sdk/client-connectcampaigns": {
    PutDialRequestBatch: "may place the same calls again",
  },
  "@aws-sdk/client-connectcampaignsv2": {
    PutOutboundRequestBatch: "may reach the same recipients again",
    PutProfileOutboundRequestBatch: "may reach the same recipients again",
  },
  "@aws-sdk/client-connectcases": {
    CreateCase: "may create another case",
  },
  "@aws-sdk/client-connectparticipant": {
    SendEvent: "may send another event to the chat",
    SendMessage: "may send another message",
  },
};

const TIER_B: Readonly<Record<string, readonly string[]>> = {
  "@aws-sdk/client-connect": [
    "CompleteAttachedFileUpload",
    "CreateAuthCode",
    "CreateContactFlowModuleVersion",
    "CreateContactFlowVersion",
    "CreatePersistentContactAssociation",
    "ImportWorkspaceMedia",
    "PutUserStatus",
    "ResumeContactRecording",
    "SendChatIntegrationEvent",
    "StartContactMediaProcessing",
    "StartContactRecording",
  ],
  "@aws-sdk/client-connectcases": ["BatchPutFieldOptions", "CreateRelatedItem"],
  "@aws-sdk/client-connectparticipant": ["CreateParticipantConnection"],
  "@aws-sdk/client-customer-profiles": [
    "AddProfileKey",
    "CreateIntegrationWorkflow",
    "CreateProfile",
    "CreateSegmentEstimate",
    "CreateSegmentSnapshot",
    "CreateUploadJob",
    "MergeProfiles",
    "PutProfileObject",
    "StartUploadJob",
  ],
};

const TIER_C: Readonly<Record<string, readonly string[]>> = {
  "@aws-sdk/client-connect": [
    "CreateAgentStatus",
    "CreateContactFlow",
    "CreateHoursOfOperation",
    "CreatePrompt",
    "CreateQueue",
    "CreateQuickConnect",
    "CreateRoutingProfile",
    "CreateSecurityProfile",
    "CreateUser",
    "CreateUserHierarchyGroup",
    "CreateView",
    "CreateViewVersion",
    "CreateWorkspace",
    "CreateWorkspacePage",
  ],
  "@aws-sdk/client-connectcampaigns": ["CreateCampaign"],
  "@aws-sdk/client-connectcampaignsv2": ["CreateCampaign"],
  "@aws-sdk/client-connectcases": ["CreateDomain", "CreateField", "CreateLayout", "CreateTemplate"],
};

/** How bad it is if an operation is carried out twice. */
export function dangerTier(packageName: string, operationName: string): DangerTier {
  if (!isKnownOperation(packageName, operationName)) return "none";
  if (duplicateConsequence(packageName, operationName) !== undefined) return "A";
  if (TIER_B[packageName]?.includes(operationName)) return "B";
  if (TIER_C[packageName]?.includes(operationName)) return "C";
  return "none";
}

/** For operations of tier A, what a repeat may do, such as "may place another call"; undefined for others. */
export function duplicateConsequence(
  packageName: string,
  operationName: string,
): string | undefined {
  return isKnownOperation(packageName, operationName)
    ? CONSEQUENCES[packageName]?.[operationName]
    : undefined;
}

/** The operations of each package that stand in a tier, for tests and documentation. */
export function operationsOfTier(
  tier: Exclude<DangerTier, "none">,
): Readonly<Record<string, readonly string[]>> {
  if (tier === "B") return TIER_B;
  if (tier === "C") return TIER_C;
  return Object.fromEntries(
    Object.entries(CONSEQUENCES).map(([name, operations]) => [name, Object.keys(operations)]),
  );
}
