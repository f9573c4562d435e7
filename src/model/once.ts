/** Questions that are answered once for each thing they are about. */

/**
 * Makes a question one whose answer is remembered as long as the thing lives that it is about, because analyses ask again and again.
 * @param answer - must say the same whenever it is asked
 * @param meanwhile - the answer while the question is being answered, where it may come back to itself
 */
export function once<Key extends object, Value>(
  answer: (key: Key) => Value,
  meanwhile?: { readonly value: Value },
): (key: Key) => Value {
  const known = new WeakMap<Key, { readonly value: Value }>();
  return (key) => {
    let found = known.get(key);
    if (found === undefined) {
      if (meanwhile !== undefined) known.set(key, meanwhile);
      found = { value: answer(key) };
      known.set(key, found);
    }
    return found.value;
  };
}
