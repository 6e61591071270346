import type { Notification } from "@sidedesk/contract";
import type { NotificationDocument } from "./notification.model.ts";

export const presentNotification = ({
  _id,
  type,
  title,
  message,
  link,
  data,
  read,
  createdAt,
}: NotificationDocument): Notification => ({
  id: _id,
  type,
  title,
  message,
  link,
  data,
  read,
  createdAt: createdAt.toISOString(),
});
