import { prepareFailover } from "../failover.js";

const [region = "us-west-2", alias = "contact-centre-standby"] = process.argv.slice(2);
console.log(`Traffic distribution group ${await prepareFailover(region, alias)}`);
