import { expect } from "vitest";
import { openApiDocument } from "../../api/src/core/http/openapi.ts";
import { routes } from "../../api/src/features.ts";
import { problemOf, type Reply } from "./app.ts";

const document = openApiDocument(routes, "http://desk.example");
type Responses = Record<string, { description: string }>;

/**
 * The answer is one that the OpenAPI document has for this route: a problem whose code stands under its status, or a success
 * whose body its schema accepts.
 * @param name method and path as in the list of routes, such as `GET /v1/support/tickets/:id`
 */
export function assertDescribed(name: string, reply: Reply, context = name): void {
  const route = routes.find(({ method, path }) => `${method} ${path}` === name);
  if (!route) throw new Error(`there is no route ${name}`);
  const responses = document.paths?.[route.path.replace(/:(\w+)/g, "{$1}")]?.[route.method.toLowerCase() as "get"]
    ?.responses as Responses;
  const described = responses[String(reply.status)]?.description;
  if (described === undefined)
    throw new Error(
      `${context} answered ${reply.status}, which is not described: ${JSON.stringify(reply.body).slice(0, 500)}`,
    );
  if (reply.status < 400) {
    if (reply.status === 204 || !route.output) return;
    const parsed = route.output.safeParse(reply.body);
    if (!parsed.success)
      throw new Error(
        `${context} answered ${reply.status} with what its schema refuses: ${parsed.error.message.slice(0, 1000)}`,
      );
    return;
  }
  const { code, detail } = problemOf(reply);
  if (reply.status !== 405) expect(`${context}: ${described}`).toContain(code);
  // Nothing of our insides: no stack, no path, no name of a library, no query.
  expect(detail).not.toMatch(/ at .*\.[jt]s|node_modules|Mongo|mongoose|Zod|E11000|\[object/);
}
