import type { DomainEvent, EventType } from "@sidedesk/contract";
import type { MailOrder } from "../../channels/index.ts";
import { on, type Reaction } from "../../core/events/reaction.ts";
import { createNotices } from "../create-notices.ts";
import type { UnsaidNotice } from "../notice.ts";
import { noticeId, recipientOf } from "../notification.model.ts";
import { orderMail } from "../order-mail.ts";

interface Ways<T extends EventType> {
  inApp?: (event: DomainEvent<T>) => Promise<UnsaidNotice[]>;
  email?: (event: DomainEvent<T>) => Promise<readonly MailOrder[]>;
}

/** One kind of notice: who is told of an event, and how, every channel in one place. Each channel is a reaction of its own. */
export function kind<const T extends EventType>(type: T, name: string, { inApp, email }: Ways<T>): Reaction[] {
  return [
    ...(inApp
      ? [
          on(type, `notifications.${name}`, async (event) =>
            createNotices(event as DomainEvent, name, await inApp(event as DomainEvent<T>)),
          ),
        ]
      : []),
    ...(email
      ? [
          on(type, `notifications.${name}-mail`, async (event) => {
            const orders = await email(event);
            await Promise.all(
              orders.map((order) => orderMail(event, order, noticeId(event.id, readerOf(order), name))),
            );
          }),
        ]
      : []),
  ];
}

const readerOf = ({ customerId, staffId }: MailOrder) =>
  customerId ? recipientOf("customer", customerId) : recipientOf("staff", staffId ?? "");
