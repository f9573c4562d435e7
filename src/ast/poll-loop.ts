/** The parts of a loop that asks until an answer is final: what the model finds and what an edit writes anew. */
import type { TSESTree } from "@typescript-eslint/utils";
import type { LoopNode } from "./nodes.ts";

export interface PollLoop {
  readonly loop: LoopNode;
  /** The statement right in front of the loop that declares the answer, where it is not declared in the loop. */
  readonly declaration: TSESTree.VariableDeclaration | undefined;
  /** The name of the answer, or the pattern that takes it apart. */
  readonly answer: TSESTree.BindingName;
  /** What is asked: without the `await` where that is all there is around it. */
  readonly probe: TSESTree.Expression;
  /** The probe awaits something inside. */
  readonly awaits: boolean;
  /** The condition, and whether it holds when the answer is final or while it is not. */
  readonly test: TSESTree.Expression;
  readonly finalWhen: boolean;
  /** The `return` that hands the answer on; without one, what follows the loop does. */
  readonly exit: TSESTree.ReturnStatement | undefined;
}
