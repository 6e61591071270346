import type { Caller } from "../caller.ts";

/** What HTTP must know of sites and people, handed in by app.ts, because core knows no feature. */
export interface HttpDeps {
  /**
   * The caller behind a bearer token: session token of a customer or staff member, or a secret key.
   * `site` is the slug staff named; `none` for calls about the staff member themselves.
   * @throws AppError unauthenticated, session_expired, validation_failed (several sites, none named), not_found.
   */
  authenticate(token: string, options: { site?: string | undefined; noSite?: boolean }): Promise<Caller>;
  /** The site of a public key, or null. */
  siteOfKey(publicKey: string): Promise<string | null>;
  /** The origins that a site lists. */
  siteOrigins(siteId: string): Promise<readonly string[]>;
  /** Whether any site lists this origin; decides about preflights, which carry no credential. */
  isListedOrigin(origin: string): Promise<boolean>;
}
