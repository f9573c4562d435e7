/** Every question about the code under lint has three answers; rules stay silent on "unknown". */
export type Answer = "no" | "unknown" | "yes";
