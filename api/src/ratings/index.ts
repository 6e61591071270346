export { ratePage } from "./rate-page.ts";
export { isRatable } from "./rate-ticket.ts";
export { makeRatingLink } from "./rating-link.ts";
export { ratingRoutes } from "./rating.routes.ts";
