/** The row of a table by package and export. */
export function findExport<
  Row extends { readonly packageName: string; readonly exportName: string },
>(table: readonly Row[], packageName: string, exportName: string): Row | undefined {
  return table.find((row) => row.packageName === packageName && row.exportName === exportName);
}
