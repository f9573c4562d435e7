import { readFile } from "node:fs/promises";
import { dialLeads, type Lead } from "../campaign.js";

const leads = JSON.parse(await readFile(process.argv[2] ?? "leads.json", "utf8")) as Lead[];
await dialLeads(leads);
console.log(`${leads.length} leads handed to the dialler`);
