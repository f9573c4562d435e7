/**
 * Where typescript-eslint remembers the folders of the configs that a process has loaded. With several of them its parser refuses to
 * parse unless it is told a `tsconfigRootDir`, and test files share their process. Loaded before each file, this forgets them.
 */
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

export const configFolders = createRequire(require.resolve("@typescript-eslint/parser"))(
  "@typescript-eslint/typescript-estree",
) as {
  addCandidateTSConfigRootDir(folder: string): void;
  clearCandidateTSConfigRootDirs(): void;
};

configFolders.clearCandidateTSConfigRootDirs();
