/** Whether a library waits at random between the attempts that it makes, as it is set here. */
import type { RetryFunction } from "../../knowledge/index.ts";
import type { Layer } from "./layer.ts";

/** What a library does instead, and the setting that would change it. */
export interface LibraryDelayFault {
  readonly waits:
    | "does not wait between attempts"
    | "waits for the same time between attempts"
    | "waits without jitter";
  /** The option that decides how it waits, if one does. */
  readonly option: string | undefined;
  /** The switch that makes the wait random, as source text, where there is a wait and a switch. */
  readonly jitter: { readonly option: string; readonly value: string } | undefined;
}

/** What is wrong with the delays of a layer that a library is; nothing where it is not known. */
export function libraryDelayFault(
  { known }: { readonly known: RetryFunction },
  { kind }: Layer["delay"],
): LibraryDelayFault | undefined {
  if (kind === "jittered" || kind === "unknown") return undefined;
  const { jitter, option, kindOption } = known.delay;
  return {
    waits:
      kind === "none"
        ? "does not wait between attempts"
        : kind === "fixed"
          ? "waits for the same time between attempts"
          : "waits without jitter",
    option: option ?? kindOption,
    jitter:
      jitter === undefined || kind === "none"
        ? undefined
        : { option: jitter.option, value: JSON.stringify(jitter.on[0]) },
  };
}
