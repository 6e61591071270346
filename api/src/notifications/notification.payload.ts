import { payload } from "../core/events/payload.ts";
import { loadNotification } from "./notification.model.ts";
import { presentNotification } from "./notification.presenter.ts";

payload("notification.created", async ({ siteId, data: { notificationId, recipient } }, audience) => {
  if (audience === "customer" && recipient.kind !== "customer") return null;
  const notice = await loadNotification(siteId, notificationId);
  return notice && { ...presentNotification(notice), ...(audience === "staff" ? { recipient } : {}) };
});
