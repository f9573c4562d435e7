import { packedExceptions } from "./errors.generated.ts";
import { packedServices } from "./operations.generated.ts";

/** A service as the generated table holds it: what is always needed spelt out, its operations packed in one string. */
export interface PackedService {
  readonly packageName: string;
  readonly version: string;
  readonly clientName: string;
  readonly aggregatedName: string;
  readonly v2Name: string | undefined;
  readonly v2Module: string | undefined;
  readonly operations: string;
}

/** The input member that makes a repeated request recognisable. */
export interface TokenFacts {
  /** As the input spells it, such as `ClientToken` or `clientToken`. */
  readonly member: string;
  /** `sdk`: a new one for each `send()` that has none; `never`: absent unless given; `required`: the caller must give it. */
  readonly fill: "sdk" | "never" | "required";
}

/** A token that stands in each element of a list of the input. */
export interface ItemTokenFacts {
  /** Such as `dialRequests[].clientToken`. */
  readonly path: string;
  readonly list: string;
  readonly member: string;
}

/** An output member that lists what failed although the response is a success. */
export interface FailureListFacts {
  readonly member: string;
  /** Whether one of the failure codes means throttling: an error that no retry strategy ever sees. */
  readonly reportsThrottling: boolean;
}

/** What is known of one operation. */
export interface OperationFacts {
  readonly packageName: string;
  /** As the API spells it: `ListUsers`. */
  readonly name: string;
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly readOnly: boolean;
  /** Name of the exported paginator, such as `paginateListUsers`. */
  readonly paginator: string | undefined;
  readonly token: TokenFacts | undefined;
  readonly itemTokens: readonly ItemTokenFacts[];
  /** Declared exceptions. Incomplete: many operations throttle without declaring it. */
  readonly errors: readonly string[];
  readonly failureLists: readonly FailureListFacts[];
}

/** An exception class of a client. */
export interface ExceptionFacts {
  readonly name: string;
  readonly fault: "client" | "server";
  /** HTTP status; undefined where the client that the tables were read from does not say. */
  readonly status: number | undefined;
  /** Whether instances carry `$retryable` at all. */
  readonly setsRetryable: boolean;
}

/** What is known of one service, operations apart. */
export interface ServiceFacts {
  readonly packageName: string;
  /** Version of the client that the tables were read from. */
  readonly sdkVersion: string;
  /** Class whose `send` takes commands, such as `ConnectClient`. */
  readonly clientName: string;
  /** Class with a method for each operation, such as `Connect`. */
  readonly aggregatedName: string;
  /** The service in SDK v2: `new AWS.Connect()`, or the module `aws-sdk/clients/connect`; undefined if v2 never had it. */
  readonly v2: { readonly className: string; readonly module: string } | undefined;
  readonly exceptions: readonly ExceptionFacts[];
}

const METHODS: Readonly<Record<string, OperationFacts["method"]>> = {
  G: "GET",
  P: "POST",
  U: "PUT",
  A: "PATCH",
  D: "DELETE",
};

const FILLS: Readonly<Record<string, TokenFacts["fill"]>> = {
  "+": "sdk",
  "-": "never",
  "!": "required",
};

/** A table of a few kilobytes is expanded the first time that its package is asked for, and kept. */
function memoised<Value>(expand: (key: string) => Value): (key: string) => Value {
  const cache = new Map<string, Value>();
  return (key) => {
    const known = cache.get(key);
    if (known !== undefined) return known;
    const value = expand(key);
    cache.set(key, value);
    return value;
  };
}

/** Services by package name. */
export const servicesByPackage: ReadonlyMap<string, PackedService> = new Map(
  packedServices.map((service) => [service.packageName, service]),
);

/** Exceptions of a package of the family, sorted by name; none for other packages. */
export const exceptionsOf: (packageName: string) => readonly ExceptionFacts[] = memoised(
  (packageName) =>
    rows(servicesByPackage.has(packageName) ? (packedExceptions[packageName] ?? "") : "").map(
      (row) => {
        const [name = "", packed = ""] = row.split(" ");
        const [, fault, status, retryable] = /^([cs])(\d*)([rt]?)$/.exec(packed) ?? [];
        return {
          name,
          fault: fault === "s" ? "server" : "client",
          status: status ? Number(status) : undefined,
          setsRetryable: Boolean(retryable),
        };
      },
    ),
);

/** A service of the family; undefined for other packages. */
export const expandService: (packageName: string) => ServiceFacts | undefined = memoised(
  (packageName) => {
    const packed = servicesByPackage.get(packageName);
    if (packed === undefined) return undefined;
    const { v2Name, v2Module } = packed;
    return {
      packageName,
      sdkVersion: packed.version,
      clientName: packed.clientName,
      aggregatedName: packed.aggregatedName,
      v2:
        v2Name === undefined || v2Module === undefined
          ? undefined
          : { className: v2Name, module: v2Module },
      exceptions: exceptionsOf(packageName),
    };
  },
);

/** Operations of a package of the family by name; empty for other packages. */
export const operationsOf: (packageName: string) => ReadonlyMap<string, OperationFacts> = memoised(
  (packageName) => {
    const exceptions = exceptionsOf(packageName);
    return new Map(
      rows(servicesByPackage.get(packageName)?.operations ?? "").map((row) => {
        const operation = expandOperation(packageName, row, exceptions);
        return [operation.name, operation];
      }),
    );
  },
);

/** Whether a package of the family has an operation of this name. */
export function isKnownOperation(packageName: string, operationName: string): boolean {
  return operationsOf(packageName).has(operationName);
}

function rows(packed: string): string[] {
  return packed.trim() === "" ? [] : packed.trim().split("\n");
}

function expandOperation(
  packageName: string,
  row: string,
  exceptions: readonly ExceptionFacts[],
): OperationFacts {
  const fields = row.split(" ");
  const field = (index: number): string => {
    const value = fields[index] ?? "-";
    return value === "-" ? "" : value;
  };
  const list = (index: number): string[] => field(index).split(",").filter(Boolean);
  const name = field(0);
  const flags = field(1);
  const token = field(3);
  return {
    packageName,
    name,
    method: METHODS[flags.charAt(0)] ?? "POST",
    readOnly: flags.includes("r"),
    paginator: flags.includes("p") ? `paginate${name}` : undefined,
    token: token ? { member: token.slice(1), fill: FILLS[token.charAt(0)] ?? "never" } : undefined,
    itemTokens: list(4).map((path) => {
      const [items = "", member = ""] = path.split("[].");
      return { path, list: items, member };
    }),
    errors: Array.from(field(2)).flatMap(
      (digit) => exceptions[Number.parseInt(digit, 36)]?.name ?? [],
    ),
    failureLists: list(5).map((member) => ({
      member: member.replace(/!$/, ""),
      reportsThrottling: member.endsWith("!"),
    })),
  };
}
