import { expect } from "@open-wc/testing";
import { ApiError } from "@sidedesk/client";
import type { ErrorCode, Problem } from "@sidedesk/contract";
import { DeskEdge, problem } from "../../../test/browser/desk-edge.ts";
import { Desk } from "./desk.ts";
import { chooseLanguage } from "./locale.ts";

describe("refusals", () => {
  let edge: DeskEdge;
  let desk: Desk;
  beforeEach(() => {
    edge = new DeskEdge();
    desk = new Desk({ base: "https://desk.invalid", siteKey: "pk_1", fetch: edge.fetch });
  });
  afterEach(() => chooseLanguage("en"));

  async function refused(status: number, code: ErrorCode, part: Partial<Problem> = {}): Promise<ApiError> {
    edge.answers.set("*", () => problem(status, code, { detail: "In English.", ...part }));
    const error = await desk.publicHttp("POST", "/v1/anything").catch((thrown: unknown) => thrown);
    if (!(error instanceof ApiError)) throw new Error("It was not refused.");
    return error;
  }
  const german: [number, ErrorCode, string][] = [
    [400, "validation_failed", "Darin fehlt etwas, oder etwas stimmt nicht."],
    [409, "version_conflict", "Es wurde inzwischen geändert. Sehen Sie es sich zuerst noch einmal an."],
    [409, "limit_reached", "Mehr davon sind nicht möglich. Löschen Sie zuerst einen Eintrag."],
    [413, "payload_too_large", "Das ist größer als erlaubt."],
    [415, "unsupported_media_type", "Diese Art von Datei kann nicht gesendet werden."],
    [422, "infected_file", "In dieser Datei ist ein Virus."],
    [405, "method_not_allowed", "Der Fehler liegt bei uns."],
  ];

  for (const [status, code, words] of german)
    it(`are said in German: ${status} ${code}`, async () => {
      await chooseLanguage("de");
      const error = await refused(status, code);
      expect([error.message, error.problem.code, error.problem.requestId]).to.deep.equal([words, code, "4f1c-9a20"]);
    });

  it("say in each language what is wrong with which field", async () => {
    const errors = [
      { path: "subject", message: "Too small", least: 3 },
      { path: "description", message: "Too big", most: 5000 },
      { path: "attachmentIds", message: "There is no such file." },
      { path: "fields.plan", message: "Invalid option" },
    ];
    await chooseLanguage("de");
    expect((await refused(400, "validation_failed", { errors })).problem.errors?.map(({ message }) => message))
      .to.deep //
      .equal([
        "Bitte noch ein paar Buchstaben: mindestens 3.",
        "Das ist zu lang: höchstens 5000 Zeichen.",
        "Nicht mehr hier: Dateien warten einen Tag auf das Senden. Bitte wählen Sie sie erneut.",
        "Das stimmt so nicht.",
      ]);
    for (const language of ["ar", "es", "fr", "ja", "pt"]) {
      await chooseLanguage(language);
      const { problem: said } = await refused(400, "validation_failed", { errors });
      const all = [said.detail, ...said.errors!.map(({ message }) => message)];
      expect(all.join(" "), language).not.to.match(/In English|Too |There is|Invalid|letters|this/);
      expect(all[1]).to.match(/3|٣/);
    }
  });

  it("keep the desk's own words in English where they are for people", async () => {
    const errors = [
      { path: "subject", message: "Too small: expected string to have >=3 characters", least: 3 },
      { path: "category", message: "The site has no such category." },
    ];
    const { message, problem: said } = await refused(400, "validation_failed", { errors });
    expect([message, ...said.errors!.map((one) => one.message)]).to.deep.equal([
      "In English.",
      "A few more letters, please: at least 3.",
      "The site has no such category.",
    ]);
    expect((await refused(404, "not_found")).message).to.equal("It is not here, or it belongs to somebody else.");
  });
});
