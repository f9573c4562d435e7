/** The calls that go through a client. */
import type { SdkCall } from "../sdk/call.ts";
import { CallLinks } from "../sdk/calls.ts";
import { unitOf } from "../program/unit.ts";
import { type Construction, constructionsOf } from "./construction.ts";

const byConstruction = new CallLinks(({ client }) =>
  client === undefined ? [] : constructionsOf(client).constructions.map(({ node }) => node),
);

/** The calls of the program whose client is, or can be, the one built here. */
export function callsServedBy(construction: Construction): readonly SdkCall[] {
  return byConstruction
    .callsOf(unitOf(construction.node))
    .filter(
      (call) =>
        call.client !== undefined &&
        call.api === construction.client.api &&
        constructionsOf(call.client).constructions.some(({ node }) => node === construction.node),
    );
}
