import { on } from "../core/events/reaction.ts";
import { queueMail } from "./queue-mail.ts";

export const channelReactions = [
  on("staff.invited", "channels.staff-invitation", ({ id, siteId, data }) =>
    queueMail(id, siteId, { kind: "staff-invitation", staffId: data.staffId }),
  ),
  on("staff.password_forgotten", "channels.password-reset", ({ id, siteId, data }) =>
    queueMail(id, siteId, { kind: "password-reset", staffId: data.staffId }),
  ),
];
