/** Which clients the settings ask to be judged, and which service a client class belongs to. */
import {
  clientPackageOf,
  connectFamily,
  isConnectFamilyPackage,
  isDocumentClient,
  serviceOf,
  serviceOfV2,
} from "../../knowledge/index.ts";
import type { Settings } from "../../settings.ts";
import type { ImportedName } from "../program/binding.ts";
import type { NamedType } from "../program/checker.ts";
import type { PackageIdentity } from "../program/package-name.ts";

const ANY_CLIENT = /^@aws-sdk\/client-[a-z0-9-]+$/;

/**
 * Whether calls of a v3 client package, or of a library around one, are judged. The match is on the whole name: `client-connect` is not
 * `client-connectcases`.
 */
export function isJudgedPackage(settings: Settings, packageName: string): boolean {
  const name = clientPackageOf(packageName);
  if (settings.services === "connect") return isConnectFamilyPackage(name);
  if (settings.services === "aws") return ANY_CLIENT.test(name);
  return settings.services.includes(name);
}

/** Whether a package is of the SDK, of either version. */
export function isOfTheSdk(packageName: string): boolean {
  return /^(?:@(?:aws-sdk|smithy)\/|aws-sdk$)/.test(packageName);
}

/** The v3 package that stands for a v2 service class, `@aws-sdk/client-connect` for `AWS.Connect`. */
function packageOfV2(className: string, clientFile: string | undefined): string {
  const byModule = connectFamily.find(
    (name) => serviceOf(name)?.v2?.module === `aws-sdk/clients/${clientFile ?? ""}`,
  );
  return (
    serviceOfV2(className)?.packageName ??
    byModule ??
    `@aws-sdk/client-${clientFile ?? className.toLowerCase()}`
  );
}

/** A client class of a judged service. */
export interface ClientClass {
  readonly api: "v2" | "v3";
  readonly package: string;
  readonly name: string;
  /** The package that declares it, where it is installed. */
  readonly installed: PackageIdentity | undefined;
}

/** The client class that a type is, if it is one of a judged service. */
export function clientClassOfType(settings: Settings, type: NamedType): ClientClass | undefined {
  const { name, package: owner } = type;
  if (isJudgedPackage(settings, owner.name)) {
    return { api: "v3", package: clientPackageOf(owner.name), name, installed: owner };
  }
  if (owner.name !== "aws-sdk") return undefined;
  const file = type.symbol.declarations?.[0]?.getSourceFile().fileName;
  const clientFile = file === undefined ? undefined : clientFileOf(file, name);
  if (clientFile === undefined) return undefined;
  const v3Name = packageOfV2(name, clientFile);
  return isJudgedPackage(settings, v3Name)
    ? { api: "v2", package: v3Name, name, installed: owner }
    : undefined;
}

/** The service, as its file is named, of a class that a declaration file of SDK v2 declares. */
function clientFileOf(fileName: string, className: string): string | undefined {
  if (fileName.endsWith("/aws-sdk/lib/dynamodb/document_client.d.ts"))
    return className === "DocumentClient" ? "dynamodb" : undefined;
  return /\/aws-sdk\/clients\/([a-z0-9]+)\.d\.ts$/.exec(fileName)?.[1];
}

/** The client class that an imported name is, if it is one of a judged service; for files without types. */
export function clientClassOfImport(
  settings: Settings,
  imported: ImportedName,
): ClientClass | undefined {
  const { module, path } = imported;
  const name = path.at(-1);
  if (isJudgedPackage(settings, module)) {
    return path.length === 1 && name !== undefined
      ? { api: "v3", package: clientPackageOf(module), name, installed: undefined }
      : undefined;
  }
  const clientFile = /^aws-sdk\/clients\/([a-z0-9]+)(?:\.js)?$/.exec(module)?.[1];
  const isIndex = module === "aws-sdk" || clientFile === "all";
  const className = isIndex ? ofIndex(path) : ofOwnModule(path, clientFile);
  if (className === undefined) return undefined;
  const v3Name = packageOfV2(className, isIndex ? undefined : clientFile);
  if (!isJudgedPackage(settings, v3Name)) return undefined;
  // A service's own module is its class: `Connect` is what `aws-sdk/clients/connect` exports.
  const isClass = !isIndex && (name ?? "default") === "default";
  const called = isClass ? serviceOf(v3Name)?.v2?.className : name;
  return { api: "v2", package: v3Name, name: called ?? className, installed: undefined };
}

/** Whether a client is DynamoDB's document client, which works through another one. */
export function isDocumentClass({ package: packageName, name }: ClientClass): boolean {
  return isDocumentClient(packageName, name);
}

/** `Connect` of `AWS.Connect`, and of `aws-sdk/clients/all`. */
function ofIndex(path: readonly string[]): string | undefined {
  const [name] = path;
  if (path.join(".") === "DynamoDB.DocumentClient") return name;
  return path.length === 1 && name !== undefined && !PART_OF_CORE.test(name) ? name : undefined;
}

/** What the index of SDK v2 exports beside its services (a test holds this against the installed version). */
const PART_OF_CORE =
  /^[a-z]|(?:Credentials|TokenProvider|ProviderChain)$|^(?:Config|Endpoint(?:Cache)?|EventListeners|(?:Node)?HttpClient|Http(?:Request|Response)|IniLoader|JSON|MetadataService|Model|ParamValidator|Protocol|Request|ResourceWaiter|Response|SequentialExecutor|Service|Signers|Token|VERSION|XML)$/;

/** The module of a service exports its class; what hangs on that are types, but for DynamoDB's document client. */
function ofOwnModule(path: readonly string[], clientFile: string | undefined): string | undefined {
  const [name = "default"] = path;
  return path.length <= 1 && /^(?:default|DocumentClient)$/.test(name) ? clientFile : undefined;
}
