import { forgetObservations } from "./observations.ts";

export default function setup(): void {
  forgetObservations();
}
