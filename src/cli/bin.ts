#!/usr/bin/env node
/** What `npx eslint-plugin-connect-resilience` starts. */
import { main } from "./main.ts";

const { stdout, stderr, env } = process;
// Not `process.exit`, which would cut off what is still being written to a pipe.
process.exitCode = await main(process.argv.slice(2), {
  cwd: process.cwd(),
  env,
  stdout,
  stderr,
  exitCode: 0,
});
