import { consume } from "@lit/context";
import { msg, str } from "@lit/localize";
import type { StaffMember, Team } from "@sidedesk/contract";
import { css, html, nothing, type TemplateResult } from "lit";
import { query, state } from "lit/decorators.js";
import { live } from "lit/directives/live.js";
import { figure } from "@sidedesk/ui/format";
import { icon } from "@sidedesk/ui/icon";
import { pencilIcon, trash2Icon } from "@sidedesk/ui/icons";
import { listed } from "@sidedesk/ui/listed";
import { avatar } from "@sidedesk/ui/people";
import { directoryContext } from "../shell/contexts.ts";
import type { Directory } from "../shell/directory.ts";
import { textOf } from "../shell/forms.ts";
import { locale } from "../shell/localization.ts";
import { everyPage } from "../shell/every-page.ts";
import { SetupSection } from "./section.ts";

/** What stands in the form: a team that is there, or one to be made. */
type Draft = Pick<Team, "name" | "memberIds" | "roundRobin"> & { id: string | null };
const fresh: Draft = { id: null, name: "", memberIds: [], roundRobin: false };

/**
 * @summary Teams: who is in them, whether they take turns, and how much lies with each.
 */
export class TeamsSection extends SetupSection {
  static override styles = [
    ...SetupSection.styles,
    css`
      fieldset {
        display: grid;
        gap: var(--sd-1);
        margin: 0;
        padding: 0;
        border: 0;
        min-inline-size: 0;
      }
      legend {
        padding: 0 0 6px;
        font: 600 var(--sd-type-dense);
      }
      .members {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(220px, 1fr));
        column-gap: var(--sd-4);
      }
      .toggle {
        max-inline-size: 100%;
        min-inline-size: 0;
      }
    `,
  ];

  @consume({ context: directoryContext }) private directory!: Directory;
  @state() private teams: Team[] = [];
  @state() private people: StaffMember[] = [];
  @state() private openOf = new Map<string, number>();
  @state() private draft: Draft = fresh;
  @state() private leaving: Team | null = null;
  @query("dialog") private dialog!: HTMLDialogElement;
  @query("#team-name") private nameField!: HTMLInputElement;

  protected async fetch(): Promise<void> {
    const { client } = this.session;
    const [teams, people, load] = await Promise.all([
      everyPage((page) => client.teams.list(page)),
      everyPage((page) => client.staff.list(page)),
      client.teams.load(),
    ]);
    this.teams = teams;
    this.people = people;
    this.openOf = new Map(load.teams.map((one) => [one.id, one.openTickets]));
  }

  protected renderLoaded() {
    return html`<section>
        <h2>${msg("Teams")}</h2>
        ${
          this.teams.length
            ? html`<ul class="card">
                ${this.teams.map((team) => this.renderTeam(team))}
              </ul>`
            : html`<p>${msg("No teams yet. A team is where tickets wait that anybody in it may take.")}</p>`
        }
        ${this.renderProblem("teams")}
      </section>
      ${this.renderForm()} ${this.renderDialog()}`;
  }

  private renderTeam(team: Team): TemplateResult {
    const names = team.memberIds.map((id) => this.people.find((one) => one.id === id)?.name ?? "").filter(Boolean);
    const count = this.openOf.get(team.id) ?? 0;
    return html`<li class="row-line">
      <span class="grow"
        ><span class="truncate"><b dir="auto">${team.name}</b></span
        ><span class="meta truncate" title=${listed(names, locale())}
          >${names.length ? listed(names, locale()) : msg("Nobody in it yet")}</span
        ></span
      >
      ${team.roundRobin ? html`<span class="chip">${msg("In turn")}</span>` : nothing}
      <span class="meta num">${count === 1 ? msg("1 open") : msg(str`${figure(count, locale())} open`)}</span>
      <button
        class="icon-button"
        type="button"
        aria-label="${msg("Change")} ${team.name}"
        @click=${() => this.edit(team)}
      >
        ${icon(pencilIcon)}</button
      ><button
        class="icon-button"
        type="button"
        aria-label="${msg("Delete")} ${team.name}"
        @click=${() => this.ask(team)}
      >
        ${icon(trash2Icon)}
      </button>
    </li>`;
  }

  private renderForm(): TemplateResult {
    const { draft } = this;
    return html`<form @submit=${this.handleSave}>
      <h2>${draft.id ? msg("Change team") : msg("New team")}</h2>
      <div class="field">
        <label for="team-name">${msg("Name")}</label
        ><input
          class="input"
          id="team-name"
          name="name"
          required
          maxlength="100"
          autocomplete="off"
          dir="auto"
          .value=${live(draft.name)}
        />
      </div>
      <fieldset>
        <legend>${msg("Members")}</legend>
        <div class="members">${this.people.map((one) => this.renderMember(one))}</div>
      </fieldset>
      <label class="toggle"
        ><input
          class="switch"
          type="checkbox"
          role="switch"
          name="roundRobin"
          .checked=${live(draft.roundRobin)}
        />${msg("Give new tickets to members in turn, past those who are away")}</label
      >
      ${this.renderProblem("team")}
      <div class="line">
        <button class="button button-primary" type="submit">${draft.id ? msg("Save team") : msg("Make team")}</button>
        ${draft.id ? html`<button class="button" type="button" @click=${() => this.edit(null)}>${msg("Cancel")}</button>` : nothing}
      </div>
    </form>`;
  }

  private renderMember(one: StaffMember): TemplateResult {
    return html`<label class="toggle"
      ><input
        class="check"
        type="checkbox"
        name="member"
        value=${one.id}
        .checked=${live(this.draft.memberIds.includes(one.id))}
      />${avatar(one.name, { size: "s" })}<span class="truncate">${one.name}</span></label
    >`;
  }

  private renderDialog(): TemplateResult {
    const name = this.leaving?.name ?? "";
    return html`<dialog class="menu" aria-labelledby="ask">
      <form method="dialog" @submit=${this.handleRemove}>
        <h2 id="ask">${msg("Delete")} ${name}?</h2>
        <p>${msg("Its tickets stay, with whoever has them, and are no team's.")}</p>
        <div class="line">
          <button class="button button-danger" type="submit">${msg("Delete team")}</button
          ><button class="button" type="button" @click=${() => this.dialog.close()}>${msg("Keep it")}</button>
        </div>
      </form>
    </dialog>`;
  }

  private edit(team: Team | null): void {
    this.draft = team ? { ...team } : { ...fresh };
    this.problems = {};
    this.unsaved.forget();
    void this.updateComplete.then(() => team && this.nameField.focus());
  }

  private async ask(team: Team): Promise<void> {
    this.leaving = team;
    await this.updateComplete;
    this.dialog.showModal();
  }

  private readonly handleSave = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const given = {
      name: textOf(form, "name"),
      memberIds: new FormData(form).getAll("member").map(String),
      roundRobin: textOf(form, "roundRobin") === "on",
    };
    const { id } = this.draft;
    // What was typed is kept, whatever comes of it.
    this.draft = { ...given, id };
    const isDone = await this.try(
      "team",
      async () => {
        const { teams } = this.session.client;
        await (id ? teams.update(id, given) : teams.create(given));
        await this.fetch();
      },
      id ? msg("Saved.") : msg("Team made."),
    );
    if (!isDone) return;
    form.reset();
    this.draft = { ...fresh };
    void this.directory.load();
  };

  private readonly handleRemove = async (): Promise<void> => {
    const { id } = this.leaving!;
    await this.try(
      "teams",
      async () => {
        await this.session.client.teams.remove(id);
        if (this.draft.id === id) this.draft = { ...fresh };
        await this.fetch();
      },
      msg("Team deleted."),
    );
    void this.directory.load();
  };
}
customElements.define("desk-setup-teams", TeamsSection);
