/** Whether a file can hold an AWS call at all: the cheap question that is asked of every file. */
import type ts from "typescript";
import type { FileInSight } from "../program/unit.ts";

const SDK_FILE = /\/@aws-sdk\/(?:client-|lib-dynamodb\/)|\/aws-sdk\/clients\//;
const SDK_IMPORT =
  /["'](?:@aws-sdk\/(?:client-|lib-dynamodb["'/])|aws-sdk["'/])|\bnew\s+AWS\.[A-Z]/;

/** Whether code imports, or requires, a package of clients, or takes them from the global that SDK v2 leaves in a page. */
export function importsClients(text: string): boolean {
  return SDK_IMPORT.test(text);
}

const programs = new WeakMap<ts.Program, boolean>();
const files = new WeakMap<ts.SourceFile, boolean>();

/**
 * Whether the program holds files of the SDK, or a file of it names one of its packages (which need not be installed: Lambda
 * provides them).
 */
export function isSdkInReach({ text, services }: FileInSight): boolean {
  return (services !== undefined && holdsSdk(services.program)) || importsClients(text);
}

function holdsSdk(program: ts.Program): boolean {
  const known = programs.get(program);
  if (known !== undefined) return known;
  const sources = program.getSourceFiles();
  const holds = sources.some(({ fileName }) => SDK_FILE.test(fileName)) || sources.some(namesSdk);
  programs.set(program, holds);
  return holds;
}

/** Remembered by file, as an editor makes a new program of mostly old files with every change. */
function namesSdk(file: ts.SourceFile): boolean {
  if (file.isDeclarationFile) return false;
  let names = files.get(file);
  if (names === undefined) files.set(file, (names = importsClients(file.text)));
  return names;
}
