import { readFile } from "node:fs/promises";
import { type Callback, callEveryoneBack } from "../outbound.js";

const callbacks = JSON.parse(
  await readFile(process.argv[2] ?? "callbacks.json", "utf8"),
) as Callback[];
const contacts = await callEveryoneBack(callbacks);
console.log(`${contacts.length} of ${callbacks.length} customers are being called`);
