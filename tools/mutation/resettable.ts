/**
 * Caches of the sources that can be emptied. What was found out under one mutant must not answer for the next, and the model keeps what it
 * has found in weak maps at the top of its modules.
 */
import path from "node:path";

const emptied: (() => void)[] = [];

/** Runs `load`; weak maps that modules below `folder` make at their top meanwhile can be emptied afterwards. */
export async function withResettableMaps<Result>(
  folder: string,
  load: () => Promise<Result>,
): Promise<Result> {
  const Native = globalThis.WeakMap;
  const place = `${path.resolve(folder)}${path.sep}`;

  class Resettable<K extends WeakKey, V> extends Native<K, V> {
    #current = new Native<K, V>();

    constructor(entries?: Iterable<readonly [K, V]> | null) {
      super();
      for (const [key, value] of entries ?? []) this.set(key, value);
      // The caller's frame: other packages keep their maps.
      if (new Error().stack?.split("\n")[2]?.includes(place) === true)
        emptied.push(() => (this.#current = new Native()));
    }

    override get(key: K): V | undefined {
      return this.#current.get(key);
    }

    override has(key: K): boolean {
      return this.#current.has(key);
    }

    override set(key: K, value: V): this {
      this.#current.set(key, value);
      return this;
    }

    override delete(key: K): boolean {
      return this.#current.delete(key);
    }
  }

  globalThis.WeakMap = Resettable;
  try {
    return await load();
  } finally {
    globalThis.WeakMap = Native;
  }
}

/** Empties them all. */
export function emptyMaps(): void {
  for (const empty of emptied) empty();
}
