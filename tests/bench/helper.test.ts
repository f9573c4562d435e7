/** The laboratory of the benchmarks: its bucket refuses what is too much, and a seed gives the same run again. */
import { describe, expect, it } from "vitest";
import { inVirtualTime } from "../../bench/helper/clock.ts";
import { command, contestants, createClient } from "../../bench/helper/contestants.ts";
import { type Load, measureHelper } from "../../bench/helper/run.ts";
import { Service } from "../../bench/helper/service.ts";

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe("the service", () => {
  it("accepts the burst at once, and then what the bucket regains", async () => {
    const service = new Service({ rate: 2, burst: 5 });
    const once = contestants.find(({ name }) => name === "p-retry");
    if (once === undefined) throw new Error("No contestant leaves the SDK with one attempt.");
    const client = createClient(once, service.handler);
    const burst = async (): Promise<number> => {
      const outcomes = await Promise.allSettled(
        Array.from({ length: 12 }, (_, index) => client.send(command(`+1555010${index}`))),
      );
      return outcomes.filter(({ status }) => status === "fulfilled").length;
    };
    const accepted = await inVirtualTime(1, async () => {
      service.open();
      const first = await burst();
      await sleep(1500);
      return [first, await burst()];
    });
    expect(accepted).toEqual([5, 3]);
    expect(service.requests).toBe(24);
    expect(service.contacts).toBe(8);
  });
});

describe("a run", () => {
  const load: Load = { callers: 10, calls: 1, clients: "shared" };

  it("is the same again for the same seed, and leaves the clock as it was", async () => {
    const results = await measureHelper(1, [load]);
    expect(await measureHelper(1, [load])).toEqual(results);
    expect(Math.abs(Date.now() - performance.timeOrigin - performance.now())).toBeLessThan(60_000);
  });

  it("lets each contestant use its own policy", async () => {
    const results = await measureHelper(1, [load]);
    const requests = new Map(results.map((row) => [row.contestant, row.requestsPerCall]));
    expect(results).toHaveLength(contestants.length);
    expect(requests.get("createPacer / mapPaced")).toBe(1);
    expect(requests.get("SDK default")).toBeGreaterThan(1.5);
    expect(requests.get("SDK default")).toBeLessThanOrEqual(3);
    expect(new Set(requests.values()).size).toBeGreaterThan(4);
  });
});
