#!/usr/bin/env node
/** What `npx eslint-plugin-connect-resilience` starts. */
import { main } from "./main.ts";

const { stdout, stderr, env } = process;
// Who reads may stop reading, as `head` does: the rest is lost on purpose, and the exit code is still that of the work.
for (const stream of [stdout, stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}
// Not `process.exit`, which would cut off what is still being written to a pipe.
process.exitCode = await main(process.argv.slice(2), {
  cwd: process.cwd(),
  env,
  stdout,
  stderr,
  exitCode: 0,
});
