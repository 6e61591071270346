/*
 * Sidedesk push worker, version 2: shows notices while no page is open, and opens what a notice is about.
 *
 * Put this file on your own site, as /sidedesk-push-worker.js, or there a file of this one line, which needs no updates:
 *
 *     importScripts("https://desk.example.com/sidedesk-push-worker.js");
 *
 * and add `data-push-worker` to the script tag. It answers no requests of your pages, and may live beside other workers.
 * A press opens the desk on a page that is open, else on `/`, or where `data-push-worker="/sidedesk-push-worker.js?page=/help"` says.
 */
(() => {
  const mark = "sidedesk-";
  const { clients, location, registration } = self;

  self.addEventListener("push", (event) => {
    const message = read(event.data);
    if (message) event.waitUntil(registration.showNotification(message.title, lookOf(message)));
  });

  self.addEventListener("notificationclick", (event) => {
    const { notification } = event;
    if (!notification.tag.startsWith(mark)) return;
    notification.close();
    event.waitUntil(open(notification.data));
  });

  self.addEventListener("pushsubscriptionchange", (event) => event.waitUntil(renew(event)));

  /** What was sent, if it is ours: a page may have pushes of its own. */
  function read(data) {
    try {
      const message = data.json();
      return String(message.tag).startsWith(mark) ? message : null;
    } catch {
      return null;
    }
  }

  /** A copy of a notice takes its place, by the tag, and makes no second sound. */
  function lookOf({ tag, body, url, view, lang, icon }) {
    return { tag, body, dir: "auto", ...(lang && { lang }), ...(icon && { icon }), data: { url, view } };
  }

  /**
   * The browser has let its subscription go: have a new one. Pages that are open tell the desk now, else the next one does.
   * Some browsers do not say which it was: then a page has the new one, too.
   */
  async function renew({ oldSubscription, newSubscription }) {
    const applicationServerKey = oldSubscription?.options.applicationServerKey;
    if (applicationServerKey && !newSubscription)
      await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey }).catch(() => undefined);
    const pages = await clients.matchAll({ type: "window", includeUncontrolled: true });
    for (const page of pages) page.postMessage({ sidedeskPush: "changed" });
  }

  /** Shows what a notice is about: on a page that is open and has the desk, else on a new one. */
  async function open({ url, view }) {
    if (!view) return clients.openWindow(url);
    const isDesk = new URL(url).origin === location.origin; // its own portal or console
    const pages = await clients.matchAll({ type: "window", includeUncontrolled: true });
    const near = pages.filter((page) => !isDesk || page.url.startsWith(registration.scope));
    const nearest = near.sort((one, other) => rank(other) - rank(one)).slice(0, 5);
    // The browser lets a window come to the front only for a moment after the press, and one at a time.
    for (const page of nearest) if (await shows(page, view)) return page.focus().catch(() => undefined);
    const home = new URL(new URL(location.href).searchParams.get("page") ?? "/", location.origin);
    home.hash = `sidedesk=${view}`;
    return clients.openWindow(isDesk ? url : home.href);
  }

  const rank = (page) => (page.focused ? 2 : 0) + (page.visibilityState === "visible" ? 1 : 0);

  /** Asks a page to show it. One without the desk does not answer. */
  function shows(page, view) {
    return new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => resolve(true);
      setTimeout(resolve, 400, false);
      page.postMessage({ sidedesk: view }, [port2]);
    });
  }
})();
