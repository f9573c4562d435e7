/** Whether a file can hold an AWS call at all: the cheap question that is asked of every file. */
import type ts from "typescript";
import type { FileInSight } from "../program/unit.ts";

const SDK_FILE = /\/@aws-sdk\/client-|\/aws-sdk\/clients\//;
const SDK_IMPORT = /["'](?:@aws-sdk\/client-|aws-sdk["'/])/;

const programs = new WeakMap<ts.Program, boolean>();

/**
 * Whether the program holds files of the SDK, or the file itself names one of its packages (which need not be installed:
 * Lambda provides them).
 */
export function isSdkInReach({ text, services }: FileInSight): boolean {
  return (services !== undefined && holdsSdk(services.program)) || SDK_IMPORT.test(text);
}

function holdsSdk(program: ts.Program): boolean {
  const known = programs.get(program);
  if (known !== undefined) return known;
  const holds = program.getSourceFiles().some((file) => SDK_FILE.test(file.fileName));
  programs.set(program, holds);
  return holds;
}
