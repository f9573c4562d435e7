/** Whether a function of the project, in any file, returns something random. */
import type { FunctionNode } from "../../ast/nodes.ts";
import type { Answer } from "../answer.ts";
import { drawsAtRandom } from "../delay/analyse.ts";

const known = new WeakMap<FunctionNode, Answer>();

/** Whether what a function returns is drawn at random by the function itself or by those it calls. */
export function randomnessOf(fn: FunctionNode): Answer {
  const before = known.get(fn);
  if (before !== undefined) return before;
  // A function that calls itself is no more random for that.
  known.set(fn, "unknown");
  const answer = drawsAtRandom(fn);
  known.set(fn, answer);
  return answer;
}
