import { msg, str } from "@lit/localize";
import { portalApi } from "@sidedesk/client";
import type { CustomerSession } from "@sidedesk/contract";
import { buttons } from "@sidedesk/ui/buttons.styles";
import { fields } from "@sidedesk/ui/fields.styles";
import { dueTime } from "@sidedesk/ui/format";
import { emptyArt, problemLine } from "@sidedesk/ui/surfaces";
import { surfaces } from "@sidedesk/ui/surfaces.styles";
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { define, DeskElement } from "../../session/desk-element.ts";
import { formatLocale } from "../../session/locale.ts";
import { doorLine, doorPassword, type DoorFields } from "./door-fields.ts";
import { check, isSpent, wrongOf, type DoorView, type Typed, type Wrong } from "./door-words.ts";
import { doorStyles } from "./door.styles.ts";

/** What stands in place of a form: the mail is on its way, the link is used up, it worked. */
type Outcome = { is: "sent"; until?: string } | { is: "spent" | "verified" | "saved" };

/** The way into the portal by an account of one's own: sign in, register, and what the links in our mails lead to. */
export class SidedeskPortalDoor extends DeskElement {
  static override styles = [...(DeskElement.styles as []), buttons, fields, surfaces, doorStyles];

  @property({ attribute: false }) view: DoorView = "sign-in";
  /** Slug of the portal's site. */
  @property({ attribute: false }) slug = "";
  /** What the mailed link brought. */
  @property({ attribute: false }) token: string | null = null;
  /** Told of a session that begins here. */
  @property({ attribute: false }) enter: (session: CustomerSession) => Promise<void> = () => Promise.resolve();
  /** Told that every session has ended. */
  @property({ attribute: false }) leave: () => void = () => undefined;

  @state() private typed: Typed = { name: "", email: "", password: "" };
  @state() private wrong: Wrong = {};
  @state() private isShown = false;
  @state() private isBusy = false;
  @state() private outcome: Outcome | null = null;

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (!changed.has("view") && !changed.has("token")) return;
    // Whoever goes from one step to the next keeps the address, and no password.
    this.typed = { ...this.typed, password: "" };
    this.wrong = {};
    this.isShown = false;
    const needsLink = this.view === "verify" || this.view === "reset";
    this.outcome = needsLink && !this.token ? { is: "spent" } : null;
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    if (!changed.has("outcome") && !changed.has("view")) return;
    void this.focusOn(this.outcome || this.view === "verify" ? "h1" : "input");
  }

  override render() {
    return html`<section class="card threshold" aria-labelledby="title">
      ${this.outcome ? this.#renderOutcome(this.outcome) : this.#renderForm()}
    </section>`;
  }

  #renderForm(): TemplateResult {
    const { typed, wrong, isShown } = this;
    const context: DoorFields = {
      ...{ typed, wrong, isShown },
      type: (part) => (this.typed = { ...this.typed, ...part }),
      show: () => (this.isShown = !this.isShown),
    };
    const email = () => doorLine(context, "email", msg("Your email"), "username");
    switch (this.view) {
      case "register":
        return this.#form(
          msg("Create an account"),
          msg(
            "A mail with a link makes sure that the address is yours. What you asked with it before will be here, too.",
          ),
          html`${doorLine(context, "name", msg("Your name"), "name")}${email()}${doorPassword(context, msg("Password"), true)}`,
          msg("Create account"),
          this.#way("sign-in", msg("I have an account")),
        );
      case "forgot":
        return this.#form(
          msg("Forgot your password?"),
          msg("We mail a link to choose a new one. Until then the old one works."),
          email(),
          msg("Send the link"),
          this.#way("sign-in", msg("Back to sign-in")),
        );
      case "verify":
        return this.#form(
          msg("One more press"),
          msg("It confirms that you read this mailbox, and signs you in with the password that was chosen for it."),
          nothing,
          msg("Confirm and sign in"),
        );
      case "reset":
        return this.#form(
          msg("Choose a new password"),
          msg("Everywhere you are signed in, you will be asked for it."),
          doorPassword(context, msg("New password"), true),
          msg("Save password"),
        );
      default:
        return this.#form(
          msg("Sign in"),
          msg("To see your requests and our answers."),
          html`${email()}${doorPassword(context, msg("Password"), false)}`,
          msg("Sign in"),
          html`${this.#way("forgot", msg("Forgot your password?"))}${this.#mayRegister ? this.#way("register", msg("Create an account")) : nothing}`,
        );
    }
  }

  get #mayRegister(): boolean {
    return this.desk.site?.portal.registration !== false;
  }

  #form(title: string, hint: string, inside: unknown, button: string, ways: unknown = nothing): TemplateResult {
    const { form } = this.wrong;
    return html`<div>
        <h1 id="title" tabindex="-1">${title}</h1>
        <p>${hint}</p>
      </div>
      <form novalidate @submit=${this.#handleSubmit}>
        ${inside}
        <div role="alert">${problemLine("form-problem", form)}</div>
        <button class="button button-primary" type="submit" aria-busy=${this.isBusy ? "true" : nothing}>
          ${this.isBusy ? html`<span class="spin" aria-hidden="true"></span>` : nothing}${button}
        </button>
      </form>
      ${ways === nothing ? nothing : html`<nav class="ways" aria-label=${msg("Other ways")}>${ways}</nav>`}`;
  }

  #way(view: DoorView, words: string): TemplateResult {
    return html`<a href="#${view}">${words}</a>`;
  }

  #renderOutcome(outcome: Outcome): TemplateResult {
    const done = (title: string, words: unknown, below: unknown, art: unknown = nothing) =>
      html`${art}
        <div>
          <h1 id="title" tabindex="-1">${title}</h1>
          <p>${words}</p>
        </div>
        ${below}`;
    const button = (view: string, words: string) => html`<a class="button button-primary" href="#${view}">${words}</a>`;
    if (outcome.is === "sent") return done(msg("Check your mail"), this.#sentWords(outcome), this.#renderAgain());
    if (outcome.is === "verified")
      return done(
        msg("Welcome"),
        msg("Your address is confirmed, and you are signed in."),
        button("home", msg("See your requests")),
      );
    if (outcome.is === "saved")
      return done(
        msg("Password saved"),
        msg("Every sign-in has ended. Sign in with the new password."),
        button("sign-in", msg("Sign in")),
      );
    const isReset = this.view === "reset";
    return done(
      msg("This link has ended"),
      msg("It works once, and not for long. If you have used it already, just sign in."),
      html`${button("sign-in", msg("Sign in"))}
        <nav class="ways" aria-label=${msg("Other ways")}>
          ${isReset ? this.#way("forgot", msg("Send a new link")) : this.#mayRegister ? this.#way("register", msg("Create an account")) : nothing}
        </nav>`,
      html`<div>${emptyArt("broken")}</div>`,
    );
  }

  #sentWords({ until }: { until?: string }): unknown {
    const { email } = this.typed;
    if (!until) return msg(str`If there is an account with ${email}, a mail with a link is on its way.`);
    return msg(
      str`We wrote to ${email}. Open the link in that mail to go on. It works once, until ${dueTime(until, this.locale)}.`,
    );
  }

  /** A mail may be lost, or the address wrong. */
  #renderAgain(): TemplateResult {
    const { form } = this.wrong;
    return html`<p class="aside">${msg("Nothing there? Look among the unwanted mails, too.")}</p>
      <div role="alert">${problemLine("form-problem", form)}</div>
      <nav class="ways" aria-label=${msg("Other ways")}>
        <button type="button" aria-busy=${this.isBusy ? "true" : nothing} @click=${() => void this.#send()}>
          ${msg("Send it again")}
        </button>
        <button type="button" @click=${() => (this.outcome = null)}>${msg("Another address")}</button>
      </nav>`;
  }

  readonly #handleSubmit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (this.isBusy) return;
    this.wrong = check(this.typed, this.view);
    if (Object.keys(this.wrong).length > 0) return void this.focusOn("[aria-invalid]");
    await this.#send();
  };

  async #send(): Promise<void> {
    if (this.isBusy) return;
    const { view } = this;
    this.isBusy = true;
    this.wrong = {};
    try {
      const outcome = await this.#ask(view);
      if (view === this.view) this.outcome = outcome;
    } catch (error) {
      if (view !== this.view) return;
      if (isSpent(error) && (view === "verify" || view === "reset")) this.outcome = { is: "spent" };
      else {
        this.wrong = wrongOf(error, view);
        void this.focusOn("[aria-invalid]");
      }
    } finally {
      this.isBusy = false;
    }
  }

  async #ask(view: DoorView): Promise<Outcome | null> {
    const api = portalApi(this.desk.http);
    const { slug: site, token } = this;
    const { name, password } = this.typed;
    const email = this.typed.email.trim();
    switch (view) {
      case "register": {
        const { timeZone: timezone } = new Intl.DateTimeFormat().resolvedOptions();
        const input = { site, email, password, name: name.trim(), locale: formatLocale(), timezone };
        return { is: "sent", until: (await api.register(input)).expiresAt };
      }
      case "forgot":
        await api.forgotPassword({ site, email });
        return { is: "sent" };
      case "verify":
        await this.enter(await api.verify(token ?? ""));
        return { is: "verified" };
      case "reset":
        await api.resetPassword({ token: token ?? "", password });
        this.leave();
        return { is: "saved" };
      default:
        await this.enter(await api.login({ site, email, password }));
        return null;
    }
  }
}
define("sidedesk-portal-door", SidedeskPortalDoor);
