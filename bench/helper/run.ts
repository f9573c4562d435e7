/** Contestants against the service: callers who each make calls one after the other, over one client or one each. */
import { inVirtualTime } from "./clock.ts";
import { BUDGETS, command, type Contestant, contestants, createClient } from "./contestants.ts";
import { Service, type ServiceOptions } from "./service.ts";
import { median } from "../statistics.ts";

export interface Load {
  readonly callers: number;
  readonly calls: number;
  readonly clients: "one each" | "shared";
}

export interface HelperResult extends Load {
  readonly contestant: string;
  readonly isOurs: boolean;
  /** Shares and ratios are medians over the repetitions. */
  readonly success: number;
  readonly requestsPerCall: number;
  /** Until the last call had its answer, in seconds. */
  readonly seconds: number;
  /** That time as a multiple of what the bucket needs to let as many requests through as calls succeeded. */
  readonly timesLimit: number;
}

export interface DuplicatesResult {
  readonly contestant: string;
  readonly success: number;
  /** Contacts beyond one for each call. */
  readonly duplicates: number;
}

/** Connect's default quota, which StartOutboundVoiceContact has. */
const QUOTA: ServiceOptions = { rate: 2, burst: 5 };

export const LOADS: readonly Load[] = [
  ...[1, 10, 50].flatMap((callers) =>
    [1, 20].map((calls): Load => ({ callers, calls, clients: "shared" })),
  ),
  { callers: 50, calls: 1, clients: "one each" },
];

export async function measureHelper(repetitions: number, loads = LOADS): Promise<HelperResult[]> {
  const results: HelperResult[] = [];
  for (const load of loads) {
    for (const contestant of contestants) {
      if (contestant.sharedOnly === true && load.clients !== "shared") continue;
      const runs: Run[] = [];
      for (let seed = 1; seed <= repetitions; seed++)
        runs.push(await run(contestant, load, QUOTA, seed));
      const of = (read: (run: Run) => number): number => median(runs.map(read));
      const result = {
        ...load,
        contestant: contestant.name,
        isOurs: contestant.isOurs,
        success: of(({ succeeded, total }) => succeeded / total),
        requestsPerCall: of(({ service, total }) => service.requests / total),
        seconds: of(({ seconds }) => seconds),
        timesLimit: of(
          ({ seconds, succeeded }) =>
            seconds / Math.max(ANSWER, (succeeded - QUOTA.burst) / QUOTA.rate + ANSWER),
        ),
      };
      results.push(result);
    }
  }
  return results;
}

/** One accepted request and its answer take that long, in seconds. */
const ANSWER = 0.05;

/** No throttling, but every twentieth answer is lost after the contact was made. */
export async function measureDuplicates(repetitions: number): Promise<DuplicatesResult[]> {
  const results: DuplicatesResult[] = [];
  for (const contestant of contestants) {
    let duplicates = 0;
    let succeeded = 0;
    let total = 0;
    for (let seed = 1; seed <= repetitions; seed++) {
      const load: Load = { callers: 10, calls: 20, clients: "shared" };
      const result = await run(contestant, load, { rate: 1e6, burst: 1e6, lost: 0.05 }, seed);
      duplicates += Math.max(0, result.service.contacts - result.total);
      succeeded += result.succeeded;
      total += result.total;
    }
    results.push({ contestant: contestant.name, success: succeeded / total, duplicates });
  }
  return results;
}

interface Run {
  readonly service: Service;
  readonly total: number;
  readonly succeeded: number;
  readonly seconds: number;
}

async function run(
  contestant: Contestant,
  { callers, calls, clients }: Load,
  quota: ServiceOptions,
  seed: number,
): Promise<Run> {
  const service = new Service(quota);
  // What clients read from disk at their first call is read before the clock begins.
  await createClient(contestant, service.handler).send(command("+15550199"));
  return inVirtualTime(seed, async () => {
    const pool = Array.from({ length: clients === "shared" ? 1 : callers }, () =>
      createClient(contestant, service.handler),
    );
    const send = contestant.send();
    service.open();
    let succeeded = 0;
    let seconds = 0;
    await Promise.all(
      Array.from({ length: callers }, async (_, caller) => {
        const client = pool[caller % pool.length];
        if (client === undefined) return;
        for (let call = 0; call < calls; call++) {
          const outcome = send(client, `+1555${caller * 1000 + call}`);
          await outcome.then(
            () => (succeeded += 1),
            () => undefined,
          );
          seconds = performance.now() / 1000;
        }
      }),
    );
    return { service, total: callers * calls, succeeded, seconds };
  });
}

export interface BudgetResult {
  readonly policy: string;
  readonly functions: number;
  readonly success: number;
  /** Until the slowest of them had its answer or its error, in seconds. */
  readonly slowest: number;
}

/** Lambda functions that begin at the same moment, each with a client of its own and one call to make. */
export async function measureBudgets(repetitions: number): Promise<BudgetResult[]> {
  const results: BudgetResult[] = [];
  for (const functions of [5, 10, 15, 20]) {
    for (const contestant of BUDGETS) {
      const load: Load = { callers: functions, calls: 1, clients: "one each" };
      const runs: Run[] = [];
      for (let seed = 1; seed <= repetitions; seed++)
        runs.push(await run(contestant, load, QUOTA, seed));
      results.push({
        policy: contestant.name,
        functions,
        success: median(runs.map(({ succeeded, total }) => succeeded / total)),
        slowest: Math.max(...runs.map(({ seconds }) => seconds)),
      });
    }
  }
  return results;
}
