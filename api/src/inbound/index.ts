import { inboundJob } from "./inbound.job.ts";
import { mailboxSweep } from "./read-mailbox.ts";
import { inboundSweep } from "./remove-inbound.ts";

export { checkInbound } from "./check-inbound.ts";
export { inboundRoutes } from "./inbound.routes.ts";
export const inboundJobs = [inboundJob];
export const inboundSweeps = [mailboxSweep, inboundSweep];
export { forgetInboundAbout, removeInboundOf } from "./remove-inbound.ts";
