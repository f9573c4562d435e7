/**
 * Verbs of operations that change nothing. No AWS client says in its schema which operations only read, and the HTTP method
 * does not tell either: more than a quarter of Amazon Connect's reads are `POST`.
 */
const READ_ONLY_VERB =
  /^(?:BatchDescribe|BatchGet|Describe|Detect|Evaluate|Get|Head|List|Lookup|Preview|Query|Render|Scan|Search|TransactGet)(?=[A-Z]|$)/;

/** Whether an operation's name says that it only reads, for any AWS service. */
export function readOnlyByName(operationName: string): boolean {
  return READ_ONLY_VERB.test(operationName);
}
