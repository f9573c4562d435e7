/** A retry of one call in the many ways in which people write it. */
import type { Scene } from "./meaning.ts";
import type { FunctionWriter } from "./write.ts";

type Retry = Extract<Scene, { kind: "retry" }>;

/** What the ways of writing have in common. */
interface Parts {
  /** The call, to be awaited. */
  readonly send: string;
  readonly count: string;
  readonly error: string;
  /** Name of the maximum, or the number itself. */
  readonly limit: string;
  /** Rethrows what is not to be retried. */
  readonly filter: string;
  readonly wait: string;
  /** What happens when no attempt is left, inside the handler. */
  readonly giveUp: string;
  readonly isSilent: boolean;
}

/** The body of the function that retries. */
export function writeRetry(scene: Retry, fn: FunctionWriter): string {
  const { writer } = fn;
  const { dice } = writer;
  const send = writer.send(scene.call);
  const count = dice.pick(["attempt", "i", "jitter"]);
  const error = dice.pick(["error", "e", "problem"]);
  const parts: Parts = {
    send,
    count,
    error,
    limit: scene.attempts === undefined ? "" : limitOf(scene.attempts, fn),
    filter: filterOf(scene, fn, error),
    wait: writer.wait(scene.delay, count),
    giveUp: scene.exhaustion === "silent" ? "return undefined;" : `throw ${error};`,
    isSilent: scene.exhaustion === "silent",
  };
  return scene.attempts === undefined ? writeEndless(parts, fn) : writeBounded(parts, fn);
}

function limitOf(attempts: number, { name, writer }: FunctionWriter): string {
  if (!writer.dice.oneIn(3)) return String(attempts);
  writer.declare(`const ${name}Limit = ${attempts};`);
  return `${name}Limit`;
}

function filterOf({ filter }: Retry, { writer }: FunctionWriter, error: string): string {
  const { dice } = writer;
  switch (filter) {
    case "everything":
      return dice.pick([`console.warn(${error});`, `console.warn("again", ${error});`]);
    case "helper":
      return dice.pick([
        `if (!${writer.isRetryable(error)}) throw ${error};`,
        `if (${writer.isRetryable(error)} === false) { throw ${error}; }`,
      ]);
    case "throttling": {
      const member = writer.client.api === "v2" ? "code" : "name";
      const name = writer.annotated
        ? `(${error} as { ${member}?: string }).${member}`
        : `${error}.${member}`;
      return dice.pick([
        `if (${name} !== "ThrottlingException" && ${name} !== "TooManyRequestsException") throw ${error};`,
        `const retryable = ${name} === "ThrottlingException" || ${name} === "TooManyRequestsException";\nif (!retryable) throw ${error};`,
        `if (!["ThrottlingException", "TooManyRequestsException"].includes(${writer.annotated ? `${name} ?? ""` : name})) { throw ${error}; }`,
      ]);
    }
  }
}

function writeBounded(parts: Parts, fn: FunctionWriter): string {
  const { send, count, error, limit, filter, wait, giveUp, isSilent } = parts;
  const { writer } = fn;
  const attempt = writer.dice.pick([
    `return await ${send};`,
    `const out = await ${send};\nreturn out;`,
  ]);
  const last = isSilent ? "" : `let last${writer.type("unknown")};`;
  const keep = isSilent ? "" : `last = ${error};`;
  const end = isSilent ? "return undefined;" : "throw last;";
  const handler = `${filter}\n${keep}\n${wait}`;
  const counted = (test: string): string => `${filter}\nif (${test}) ${giveUp}\n${wait}`;
  // How a promise chain that swallows the last error ends is not read: see the limits of `no-silent-exhaustion`.
  const forms = isSilent ? [0, 1, 2, 3, 4, 5, 6, 8] : [0, 1, 2, 3, 4, 5, 6, 7, 8];
  switch (writer.dice.pick(forms)) {
    case 0:
      return `${last}\nfor (let ${count} = 0; ${count} < ${limit}; ${count}++) {\ntry {\n${attempt}\n} catch (${error}) {\n${handler}\n}\n}\n${end}`;
    case 1:
      return `${last}\nlet ${count} = 0;\nwhile (${count} < ${limit}) {\ntry {\n${attempt}\n} catch (${error}) {\n${handler}\n}\n${count} += 1;\n}\n${end}`;
    case 2:
      return `for (let ${count} = 0; ; ${count}++) {\ntry {\n${attempt}\n} catch (${error}) {\n${counted(`${count} + 1 >= ${limit}`)}\n}\n}`;
    case 3:
      return `let ${count} = 0;\nwhile (true) {\ntry {\n${attempt}\n} catch (${error}) {\n${filter}\n${count}++;\nif (${count} >= ${limit}) ${giveUp}\n${wait}\n}\n}`;
    case 4:
      return `${last}\nlet ${count} = 0;\ndo {\ntry {\n${attempt}\n} catch (${error}) {\n${handler}\n}\n${count} = ${count} + 1;\n} while (${count} < ${limit});\n${end}`;
    case 5:
      return `let ${count} = 0;\nfor (;;) {\ntry {\n${attempt}\n} catch (${error}) {\n${filter}\n${count} += 1;\nif (${count} < ${limit}) {\n${wait}\ncontinue;\n}\n${giveUp}\n}\n}`;
    case 6:
      fn.parameters = `, ${count} = 0`;
      return `try {\n${attempt}\n} catch (${error}) {\n${counted(`${count} + 1 >= ${limit}`)}\nreturn ${fn.again(`${count} + 1`)};\n}`;
    case 7:
      fn.parameters = `, ${count} = 0`;
      fn.isAsync = writer.client.place === "local";
      return `return ${send}.catch(async (${error}${writer.type("unknown")}) => {\n${counted(`${count} + 1 >= ${limit}`)}\nreturn ${fn.again(`${count} + 1`)};\n});`;
    default:
      return inWrapper(
        fn,
        send,
        (call) =>
          `${last}\nfor (let ${count} = 0; ${count} < ${limit}; ${count}++) {\ntry {\nreturn await ${call};\n} catch (${error}) {\n${handler}\n}\n}\n${end}`,
      );
  }
}

function writeEndless(parts: Parts, fn: FunctionWriter): string {
  const { send, count, error, filter, wait } = parts;
  const { writer } = fn;
  const attempt = writer.dice.pick([
    `return await ${send};`,
    `const out = await ${send};\nreturn out;`,
  ]);
  const counts = wait.includes(count);
  const declared = counts ? `let ${count} = 0;` : "";
  const advance = counts ? `${count}++;` : "";
  const handler = `${filter}\n${wait}\n${advance}`;
  switch (writer.dice.below(8)) {
    case 0:
      return `${declared}\nwhile (true) {\ntry {\n${attempt}\n} catch (${error}) {\n${handler}\n}\n}`;
    case 1:
      return `for (${declared.slice(0, -1)};;${advance.slice(0, -1)}) {\ntry {\n${attempt}\n} catch (${error}) {\n${filter}\n${wait}\n}\n}`;
    case 2:
      return `${declared}\ndo {\ntry {\n${attempt}\n} catch (${error}) {\n${handler}\n}\n} while (true);`;
    case 3:
      return `${declared}\nlet result${writer.type("unknown")};\nlet done = false;\nwhile (!done) {\ntry {\nresult = await ${send};\ndone = true;\n} catch (${error}) {\n${handler}\n}\n}\nreturn result;`;
    case 4:
      fn.parameters = counts ? `, ${count} = 0` : "";
      return `try {\n${attempt}\n} catch (${error}) {\n${filter}\n${wait}\nreturn ${fn.again(counts ? `${count} + 1` : undefined)};\n}`;
    case 5:
      fn.parameters = counts ? `, ${count} = 0` : "";
      fn.isAsync = writer.client.place === "local";
      return `return ${send}.catch(async (${error}${writer.type("unknown")}) => {\n${filter}\n${wait}\nreturn ${fn.again(counts ? `${count} + 1` : undefined)};\n});`;
    case 6:
      return `${declared}\nagain: for (;;) {\ntry {\n${attempt}\n} catch (${error}) {\n${handler}\ncontinue again;\n}\n}`;
    default:
      return inWrapper(
        fn,
        send,
        (call) =>
          `${declared}\nwhile (true) {\ntry {\nreturn await ${call};\n} catch (${error}) {\n${handler}\n}\n}`,
      );
  }
}

/** The loop in a function of its own, which is given the call. */
function inWrapper(fn: FunctionWriter, send: string, loop: (call: string) => string): string {
  const { writer } = fn;
  const name = `${fn.name}Again`;
  const parameter = `task${writer.type("() => Promise<unknown>")}`;
  writer.declare(
    `async function ${name}(${parameter})${writer.type("Promise<unknown>")} {\n${loop("task()")}\n}`,
  );
  return writer.dice.pick([
    `return ${name}(() => ${send});`,
    `return ${name}(async () => { const out = await ${send}; return out; });`,
    `return await ${name}(async () => ${send});`,
  ]);
}
