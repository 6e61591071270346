import type { Notification } from "./notifications.ts";
import type { Comment, Ticket } from "./tickets.ts";

export const exampleTicket: Ticket = {
  id: "6740d0f2a4b1c3d2e5f60718",
  number: "TKT-20261120-7KQ2M9XA",
  subject: "Checkout page times out",
  description: "It spins for a minute, then nothing.",
  descriptionHtml: "<p>It spins for a minute, then nothing.</p>\n",
  status: "open",
  priority: "high",
  category: "technical",
  tags: ["checkout"],
  reference: { type: "order", id: "4711" },
  fields: {},
  customer: {
    id: "6740d0f2a4b1c3d2e5f60710",
    externalId: "user-17",
    name: "Mara Lindqvist",
    email: "mara@shop.example",
  },
  assignee: null,
  team: null,
  createdAt: "2026-11-20T10:15:30.000Z",
  updatedAt: "2026-11-20T10:15:30.000Z",
  slaDueAt: "2026-11-20T14:15:30.000Z",
  slaState: "ok",
  firstRespondedAt: null,
  resolvedAt: null,
  closedAt: null,
  lastCustomerMessageAt: "2026-11-20T10:15:30.000Z",
  lastStaffMessageAt: null,
  commentCount: 0,
  attachments: [],
  rating: null,
  mergedInto: null,
  version: 1,
};

export const exampleComment: Comment = {
  id: "6740d0f2a4b1c3d2e5f60720",
  ticketId: "6740d0f2a4b1c3d2e5f60718",
  author: { type: "staff", id: "6740d0f2a4b1c3d2e5f60711", name: "Kim Aldous" },
  body: "Please **try again** now.",
  html: "<p>Please <strong>try again</strong> now.</p>\n",
  visibility: "public",
  attachments: [],
  createdAt: "2026-11-20T10:20:00.000Z",
};

export const exampleNotification: Notification = {
  id: "6740d0f2a4b1c3d2e5f60725",
  type: "ticket",
  title: "New answer to “Checkout page times out”",
  message: "Kim Aldous answered your request TKT-20261120-7KQ2M9XA.",
  link: "ticket:6740d0f2a4b1c3d2e5f60718",
  data: { ticketId: "6740d0f2a4b1c3d2e5f60718", number: "TKT-20261120-7KQ2M9XA" },
  read: false,
  createdAt: "2026-11-20T10:20:00.000Z",
};
