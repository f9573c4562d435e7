/** Questions that are answered once for each thing they are about. */

/**
 * Makes a question one whose answer is remembered as long as the thing lives that it is about, because analyses ask again and again.
 * @param answer - must say the same whenever it is asked, and not ask the same again before it has answered
 */
export function once<Key extends object, Answer>(
  answer: (key: Key) => Answer,
): (key: Key) => Answer {
  const known = new WeakMap<Key, { readonly answer: Answer }>();
  return (key) => {
    let found = known.get(key);
    if (found === undefined) known.set(key, (found = { answer: answer(key) }));
    return found.answer;
  };
}
