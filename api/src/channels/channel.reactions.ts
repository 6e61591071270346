import { on } from "../core/events/reaction.ts";
import { answerTo } from "../portal-accounts/index.ts";
import { queueMail } from "./queue-mail.ts";

export const channelReactions = [
  on("staff.invited", "channels.staff-invitation", ({ id, siteId, data }) =>
    queueMail(id, siteId, { kind: "staff-invitation", staffId: data.staffId }),
  ),
  on("staff.password_forgotten", "channels.password-reset", ({ id, siteId, data }) =>
    queueMail(id, siteId, { kind: "password-reset", staffId: data.staffId }),
  ),
  on("portal.registered", "channels.portal-registration", async ({ id, siteId, data }) => {
    const order = await answerTo(siteId, data.registrationId);
    if (order) await queueMail(id, siteId, order);
  }),
  on("portal.password_forgotten", "channels.portal-password-reset", ({ id, siteId, data }) =>
    queueMail(id, siteId, { kind: "password-reset", customerId: data.customerId }),
  ),
  on("portal.password_changed", "channels.portal-password-changed", ({ id, siteId, data }) =>
    queueMail(id, siteId, { kind: "password-changed", customerId: data.customerId }),
  ),
];
