/** How many items a response lists at most. From the API reference of each service. */
export interface Page {
  /** The input member by which a request asks for fewer. */
  readonly member: string;
  /** What the service gives at most, where that is few. */
  readonly most: number | undefined;
}

/** The page of an operation, by its name in the API. */
export function pageOf(operation: string | undefined): Page {
  return operation === "ReceiveMessage"
    ? { member: "MaxNumberOfMessages", most: 10 }
    : { member: "MaxResults", most: undefined };
}
