/** Maps that hold a list for each key. */

/** Adds values at the end of a key's list. */
export function append<Key, Value>(
  lists: Map<Key, Value[]>,
  key: Key,
  ...values: readonly Value[]
): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [...values]);
  else list.push(...values);
}
