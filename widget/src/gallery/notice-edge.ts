import type { NoticeBulkInput, Notification } from "@sidedesk/contract";
import type { Answer, Call } from "./desk-edge.ts";

/** The far end of notices: `all` as a desk has them, newest first, and what was deleted or put away. */
export class NoticeEdge {
  all: Notification[] = [];
  gone: Notification[] = [];

  answer({ method, body }: Call, url: URL): Answer {
    const [, , , id = "", what] = url.pathname.split("/");
    if (method === "GET") return { status: 200, body: this.#page(url.searchParams) };
    if (id === "bulk") return { status: 200, body: { changed: this.#change(body as unknown as NoticeBulkInput) } };
    if (id === "read-all") {
      const type = body?.["type"];
      for (const one of this.all) if (!type || one.type === type) one.read = true;
      return { status: 204 };
    }
    const action = method === "DELETE" ? "delete" : what === "snooze" ? "snooze" : "read";
    return this.#change({ action, ids: [id] }) ? { status: 204 } : { status: 404 };
  }

  #change({ action, ids }: NoticeBulkInput): number {
    const from = action === "restore" ? this.gone : this.all;
    const found = from.filter((one) => ids.includes(one.id));
    const rest = from.filter((one) => !ids.includes(one.id));
    if (action === "read") for (const one of found) one.read = true;
    if (action === "snooze") for (const one of found) one.read = false;
    if (action === "restore") {
      this.gone = rest;
      this.all = [...this.all, ...found].sort((one, other) => other.createdAt.localeCompare(one.createdAt));
    } else if (action !== "read") {
      this.all = rest;
      this.gone = [...this.gone, ...found];
    }
    return found.length;
  }

  #page(asked: URLSearchParams): object {
    const { all } = this;
    const isUnread = asked.get("unread") === "true";
    const type = asked.get("type");
    const found = all.filter((one) => (!isUnread || !one.read) && (!type || one.type === type));
    if (asked.get("sort") === "oldest") found.reverse();
    if (asked.get("sort") === "unread") found.sort((one, other) => Number(one.read) - Number(other.read));
    const from = Number(asked.get("cursor") ?? 0);
    const to = from + Number(asked.get("limit") ?? 50);
    const count = (kind: string) => {
      const own = all.filter((one) => one.type === kind);
      return { total: own.length, unread: own.filter((one) => !one.read).length };
    };
    const types = ["ticket", "billing", "compliance", "alert", "info"];
    return {
      data: found.slice(from, to),
      nextCursor: to < found.length ? String(to) : null,
      unreadCount: all.filter((one) => !one.read).length,
      ...(asked.get("counts") ? { counts: Object.fromEntries(types.map((kind) => [kind, count(kind)])) } : {}),
    };
  }
}
