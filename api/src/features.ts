import { accountRoutes } from "./accounts/index.ts";
import { alertJobs, alertReactions, alertRoutes } from "./alerts/index.ts";
import { attachmentJobs, attachmentRoutes } from "./attachments/index.ts";
import { channelJobs, channelReactions, channelRoutes } from "./channels/index.ts";
import type { Reaction } from "./core/events/reaction.ts";
import type { AnyRoute } from "./core/http/route.ts";
import type { Job } from "./core/jobs/define-job.ts";
import type { Sweep } from "./core/jobs/sweeps.ts";
import { inboundJobs, inboundRoutes, inboundSweeps } from "./inbound/index.ts";
import { knowledgeRoutes } from "./knowledge/index.ts";
import {
  notificationJobs,
  notificationReactions,
  notificationRoutes,
  notificationSweeps,
} from "./notifications/index.ts";
import { operationJobs, operationRoutes, operationSweeps } from "./operations/index.ts";
import { portalAccountReactions, portalRoutes } from "./portal-accounts/index.ts";
import { privacyJobs, privacyRoutes, privacySweeps } from "./privacy/index.ts";
import { pushJobs, pushReactions, pushRoutes } from "./push/index.ts";
import { queueJobs, queueRoutes } from "./queue/index.ts";
import { ratingRoutes } from "./ratings/index.ts";
import { reportJobs, reportReactions, reportRoutes } from "./reports/index.ts";
import { slaJobs, slaReactions, slaSweeps } from "./sla/index.ts";
import { siteRoutes } from "./sites/index.ts";
import { ticketReactions, ticketRoutes } from "./tickets/index.ts";
import { webhookJobs, webhookReactions, webhookRoutes, webhookSweeps } from "./webhooks/index.ts";

/** The one explicit list of everything the API consists of. */
export const routes: readonly AnyRoute[] = [
  ...siteRoutes,
  ...accountRoutes,
  ...portalRoutes,
  ...attachmentRoutes,
  // Before the tickets: `stats` is not the id of one.
  ...reportRoutes,
  ...ticketRoutes,
  ...queueRoutes,
  ...knowledgeRoutes,
  ...ratingRoutes,
  // Before the notices: `push` is not the id of one.
  ...pushRoutes,
  ...notificationRoutes,
  ...webhookRoutes,
  ...channelRoutes,
  ...inboundRoutes,
  ...alertRoutes,
  ...operationRoutes,
  ...privacyRoutes,
];
export const reactions: readonly Reaction[] = [
  ...portalAccountReactions,
  ...ticketReactions,
  ...slaReactions,
  ...notificationReactions,
  ...channelReactions,
  ...webhookReactions,
  ...alertReactions,
  ...pushReactions,
  ...reportReactions,
];
export const jobs: readonly Job[] = [
  ...attachmentJobs,
  ...slaJobs,
  ...queueJobs,
  ...channelJobs,
  ...inboundJobs,
  ...notificationJobs,
  ...webhookJobs,
  ...alertJobs,
  ...pushJobs,
  ...reportJobs,
  ...operationJobs,
  ...privacyJobs,
];
export const sweeps: readonly Sweep[] = [
  ...slaSweeps,
  ...notificationSweeps,
  ...webhookSweeps,
  ...inboundSweeps,
  ...operationSweeps,
  ...privacySweeps,
];
