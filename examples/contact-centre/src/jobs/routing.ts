import { allHandsOnSupport } from "../routing.js";

console.log(`${await allHandsOnSupport()} agents moved to support`);
