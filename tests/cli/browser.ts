/** Which Chromium the page is tested in. */
import { existsSync } from "node:fs";

const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/**
 * Finds a browser: the one that `CHROME_PATH` names, or that a distribution installs.
 * @returns `undefined` where there is none: tests are skipped then
 * @throws where there is none and `CONNECT_RESILIENCE_BROWSER=required`: tests fail then
 */
export function findBrowser(
  env: Readonly<Record<string, string | undefined>>,
  exists: (file: string) => boolean = existsSync,
): string | undefined {
  const { CHROME_PATH: named, CONNECT_RESILIENCE_BROWSER: wish } = env;
  const found = [...(named === undefined ? [] : [named]), ...PLACES].find(exists);
  if (found === undefined && wish === "required") {
    throw new Error(
      `CONNECT_RESILIENCE_BROWSER is "required", and no Chromium was found: ${PLACES.join(", ")}, or where CHROME_PATH says.`,
    );
  }
  return found;
}
