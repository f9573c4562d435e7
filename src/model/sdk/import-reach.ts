/** From which files of a program an AWS call can be reached: who calls a function has it from an import, however many files away. */
import type ts from "typescript";
import { importedFiles, isModule } from "../program/checker.ts";
import { oncePerProgram, projectFiles, sourceFileOf, type Unit } from "../program/unit.ts";
import { mayCallTheSdk, sdkCallsIn } from "./calls.ts";

/**
 * Whether code in a file can come to an AWS call, in it or in what it imports. Asked before the calls of a file are followed one by
 * one, as in most files of a program the answer is no. Without types it is yes.
 */
export function canReachCalls(unit: Unit): boolean {
  const own = sourceFileOf(unit);
  const files = own === undefined ? undefined : filesInReach(unit);
  if (own === undefined || files === undefined || files === "all") return true;
  return files.has(own) || sdkCallsIn(unit).length > 0;
}

/** The files that may call AWS, and those that import them, directly or not. */
const filesInReach = oncePerProgram((from): ReadonlySet<ts.SourceFile> | "all" => {
  const files = projectFiles(from);
  const importers = new Map<ts.SourceFile, ts.SourceFile[]>();
  for (const file of files) {
    const imported = importedFiles(from, file);
    if (imported === undefined) return "all";
    for (const target of imported) {
      const known = importers.get(target);
      if (known === undefined) importers.set(target, [file]);
      else known.push(file);
    }
  }
  const found = new Set(files.filter((file) => mayCallTheSdk(from, file)));
  // A set is walked in the order of insertion, what is added on the way included.
  for (const file of found) {
    // What a script declares needs no import.
    if (!isModule(from, file)) return "all";
    for (const importer of importers.get(file) ?? []) found.add(importer);
  }
  return found;
});
