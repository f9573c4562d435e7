/** The calls that go through a client. */
import { type SdkCall } from "../sdk/call.ts";
import { sdkCallsInProgram } from "../sdk/calls.ts";
import { unitOf } from "../program/unit.ts";
import { type Construction, constructionsOf } from "./construction.ts";

/** The calls of the program whose client is, or can be, the one built here. */
export function callsServedBy(construction: Construction): readonly SdkCall[] {
  return sdkCallsInProgram(unitOf(construction.node)).filter(
    (call) =>
      call.client !== undefined &&
      call.api === construction.client.api &&
      constructionsOf(call.client).constructions.some(({ node }) => node === construction.node),
  );
}
