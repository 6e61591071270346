import { on } from "../core/events/reaction.ts";
import { queuePushes } from "./queue-pushes.ts";
import { removeBrowsersOfStaff } from "./remove-pushes.ts";

export const pushReactions = [
  on("notification.created", "push.queue", queuePushes),
  on("staff.left", "push.forget-staff", removeBrowsersOfStaff),
];
