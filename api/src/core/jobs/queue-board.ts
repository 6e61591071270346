import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createBullBoard } from "@bull-board/api";
import { BullAdapter } from "@bull-board/api/bullAdapter";
import type {
  AppControllerRoute,
  AppViewRoute,
  BullBoardQueues,
  ControllerHandlerReturnType,
  IServerAdapter,
  UIConfig,
} from "@bull-board/api/typings/app";
import Bull from "bull";
import type { Context } from "koa";
import send from "koa-send";
import { config } from "../config.ts";
import { createRedis } from "../redis.ts";

/** Queues by their names, as {@link openQueue} opens them. */
const names = ["events", "alarms"] as const;
type Params = Record<string, string>;

export interface QueueBoard {
  /** Answers a GET below the base path; false when there is nothing. */
  serve(ctx: Context, path: string): Promise<boolean>;
}

/** As the console looks, with the way back to it. */
const look: UIConfig = {
  boardTitle: "Sidedesk queues",
  boardLogo: { path: "" },
  miscLinks: [{ text: "Back to the console", url: "/admin/operations/failed" }],
  hideDocsLink: true,
  // Our workers give their connections no name, so it would say that there are none.
  showWorkers: false,
  theme: {
    light: { primary: "#0d5f85", ring: "#0d5f85", "sidebar-primary": "#0d5f85", ...selected("#d6e6ee") },
    dark: { primary: "#60a8d1", ring: "#60a8d1", "sidebar-primary": "#60a8d1", ...selected("#1d3a4a") },
  },
};
function selected(color: string) {
  return { "state-selected": color, "sidebar-state-selected": color, "sidebar-accent": color };
}

/**
 * bull-board over our queues, to be looked at and not to be changed: what is in them is an alarm clock, and work is repeated
 * in MongoDB. Its own adapter for Koa brings a view engine, a body parser and a second router; this takes its three kinds of
 * answers and no more: pages, static files, and what the API says to a GET.
 */
export function createQueueBoard(basePath: string): QueueBoard {
  const adapter = new ReadingAdapter(basePath);
  createBullBoard({
    queues: names.map((name) => new BullAdapter(openToRead(name), { readOnlyMode: true })),
    serverAdapter: adapter,
    options: { uiConfig: look },
  });
  return adapter;
}

function openToRead(name: string): Bull.Queue {
  const queue = new Bull(name, {
    prefix: `${config().SIDEDESK_REDIS_PREFIX}:queue`,
    createClient: () => createRedis({ enableReadyCheck: false, commandTimeout: 5000, maxRetriesPerRequest: 0 }),
  });
  queue.on("error", () => undefined); // whoever looks sees it
  return queue;
}

class ReadingAdapter implements IServerAdapter, QueueBoard {
  #queues: BullBoardQueues = new Map();
  #views = "";
  #static = "";
  #entry: AppViewRoute | undefined;
  #api: { pattern: RegExp; keys: string[]; route: AppControllerRoute }[] = [];
  #ui: UIConfig = {};
  #onError: (error: Error & { statusCode?: number }) => ControllerHandlerReturnType = () => ({ body: {} });
  readonly #basePath: string;

  constructor(basePath: string) {
    this.#basePath = basePath;
  }

  setQueues(queues: BullBoardQueues): this {
    this.#queues = queues;
    return this;
  }
  setViewsPath(path: string): this {
    this.#views = path;
    return this;
  }
  setStaticPath(_route: string, path: string): this {
    this.#static = path;
    return this;
  }
  setEntryRoute(route: AppViewRoute): this {
    this.#entry = route;
    return this;
  }
  setErrorHandler(handler: (error: Error) => ControllerHandlerReturnType): this {
    this.#onError = handler;
    return this;
  }
  setApiRoutes(routes: readonly AppControllerRoute[]): this {
    this.#api = routes
      .filter(({ method }) => [method].flat().includes("get"))
      .flatMap((route) => [route.route].flat().map((path) => ({ route, ...patternOf(path) })));
    return this;
  }
  setUIConfig(config: UIConfig): this {
    this.#ui = config;
    return this;
  }

  async serve(ctx: Context, path: string): Promise<boolean> {
    if (path.startsWith("/static/")) {
      const sent = await send(ctx, path.slice("/static/".length), { root: this.#static }).catch(() => undefined);
      return sent !== undefined;
    }
    for (const { pattern, keys, route } of this.#api) {
      const match = pattern.exec(path);
      if (!match) continue;
      const params = Object.fromEntries(keys.map((key, index) => [key, decodeURIComponent(match[index + 1]!)]));
      await this.#answer(ctx, route, params);
      return true;
    }
    if (!this.#entry || ![this.#entry.route].flat().some((route) => patternOf(route).pattern.test(path))) return false;
    const { name, params } = this.#entry.handler({ basePath: this.#basePath, uiConfig: this.#ui });
    ctx.type = "text/html";
    ctx.body = fill(await readFile(join(this.#views, name), "utf8"), params);
    return true;
  }

  async #answer(ctx: Context, route: AppControllerRoute, params: Params): Promise<void> {
    const query = Object.fromEntries(new URLSearchParams(ctx.querystring));
    const request = { queues: this.#queues, uiConfig: this.#ui, query, params, body: {}, headers: {} };
    const answer = await Promise.resolve(route.handler(request as never)).catch((error: Error) => this.#onError(error));
    ctx.status = answer.status ?? 200;
    ctx.type = "application/json";
    ctx.body = JSON.stringify(answer.body);
  }
}

function patternOf(route: string): { pattern: RegExp; keys: string[] } {
  const keys: string[] = [];
  const source = route.replace(/:(\w+)/g, (_whole, key: string) => (keys.push(key), "([^/]+)"));
  return { pattern: new RegExp(`^${source}$`), keys };
}

const escapes: Params = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** Its one template has nothing but values in it. The fonts of somebody else's server, and what our policy refuses, are taken out. */
const fill = (template: string, params: Params): string =>
  template
    .replace(/<link href="https:[^>]*>/g, "")
    .replace(/<style>[\s\S]*?<\/style>/g, "")
    .replace(/<%([=-]) (\w+) %>/g, (_whole, how: string, name: string) => {
      const value = String(params[name] ?? "");
      return how === "-" ? value : value.replace(/[&<>"']/g, (sign) => escapes[sign]!);
    });
