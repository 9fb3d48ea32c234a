import type { FieldError } from "./blocks";

/** The server will not take this as it is. */
export class Refused extends Error {
  override readonly name = "Refused"; // how the page, whose code is not ours, tells it from an outage
  constructor(
    readonly status: number,
    detail: string,
    readonly errors: FieldError[],
    readonly code = "",
  ) {
    super(detail);
  }
}
