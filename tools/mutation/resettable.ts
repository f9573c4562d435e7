/**
 * Caches of the sources that can be set back. What was found out under one mutant must not answer for the next, and the sources keep what they
 * have found in maps at the top of their modules.
 */
import path from "node:path";

const resets: (() => void)[] = [];

/** Runs `load`; maps that modules below `folder` make at their top meanwhile can be set back to what they hold after it. */
export async function withResettableMaps<Result>(
  folder: string,
  load: () => Promise<Result>,
): Promise<Result> {
  const { Map: NativeMap, WeakMap: NativeWeakMap } = globalThis;
  const place = `${path.resolve(folder)}${path.sep}`;
  /** Whether the constructor that asks was called by code of the folder; other packages keep their maps. */
  const isOurs = (): boolean => new Error().stack?.split("\n")[3]?.includes(place) === true;
  const maps: Map<unknown, unknown>[] = [];

  class ResettableMap<K, V> extends NativeMap<K, V> {
    constructor(entries?: Iterable<readonly [K, V]> | null) {
      super(entries ?? []);
      if (isOurs()) maps.push(this);
    }
  }

  class ResettableWeakMap<K extends WeakKey, V> extends NativeWeakMap<K, V> {
    #current = new NativeWeakMap<K, V>();

    constructor(entries?: Iterable<readonly [K, V]> | null) {
      super();
      for (const [key, value] of entries ?? []) this.set(key, value);
      if (isOurs()) resets.push(() => (this.#current = new NativeWeakMap()));
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

  globalThis.Map = ResettableMap;
  globalThis.WeakMap = ResettableWeakMap;
  try {
    return await load();
  } finally {
    globalThis.Map = NativeMap;
    globalThis.WeakMap = NativeWeakMap;
    for (const map of maps) {
      const held = [...map];
      resets.push(() => {
        map.clear();
        for (const [key, value] of held) map.set(key, value);
      });
    }
  }
}

/** Sets them all back. */
export function resetMaps(): void {
  for (const reset of resets) reset();
}
