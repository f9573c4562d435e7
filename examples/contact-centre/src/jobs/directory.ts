import { loadDirectory } from "../directory.js";

const { users, queues } = await loadDirectory();
console.log(`${users.length} users, ${queues.length} queues`);
