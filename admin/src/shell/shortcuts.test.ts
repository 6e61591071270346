import { expect } from "@open-wc/testing";
import { LitElement, html } from "lit";
import { Shortcuts, switchKeys } from "./shortcuts.ts";

let pressed: string[] = [];
class KeysProbe extends LitElement {
  constructor() {
    super();
    new Shortcuts(this, () => ({
      j: () => pressed.push("j"),
      q: () => pressed.push("q"),
      gq: () => pressed.push("gq"),
    }));
  }
  override render() {
    return html`<input />
      <dialog><input /><button>b</button></dialog>`;
  }
}
customElements.define("keys-probe", KeysProbe);

describe("Shortcuts", () => {
  let probe: KeysProbe;
  const press = (key: string, on: Element = document.body, init: KeyboardEventInit = {}) =>
    on.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, composed: true, cancelable: true, ...init }));

  beforeEach(async () => {
    pressed = [];
    localStorage.clear();
    probe = document.createElement("keys-probe") as KeysProbe;
    document.body.append(probe);
    await probe.updateComplete;
  });
  afterEach(() => probe.remove());

  it("runs a key and a pair", () => {
    press("j");
    press("g");
    press("q");
    press("q");
    expect(pressed).to.deep.equal(["j", "gq", "q"]);
  });

  it("never fires in a field, with a modifier, or when somebody else has handled the key", () => {
    press("j", probe.renderRoot.querySelector("input")!);
    press("j", document.body, { ctrlKey: true });
    press("j", document.body, { metaKey: true });
    expect(pressed).to.deep.equal([]);
  });

  it("does not fire under an open dialog, and at once where one was closed", () => {
    const dialog = probe.renderRoot.querySelector("dialog")!;
    for (const inside of [dialog.querySelector("button")!, dialog.querySelector("input")!]) {
      dialog.showModal();
      inside.focus();
      press("j", inside);
      expect(pressed).to.deep.equal([]);
      dialog.close();
      expect(probe.shadowRoot!.activeElement, "it has the focus until the next frame").to.equal(inside);
      press("j", inside);
      expect(pressed.splice(0)).to.deep.equal(["j"]);
    }
  });

  it("can be switched off", () => {
    switchKeys(false);
    press("j");
    switchKeys(true);
    press("j");
    expect(pressed).to.deep.equal(["j"]);
  });

  it("stops when its host is gone", () => {
    probe.remove();
    press("j");
    expect(pressed).to.deep.equal([]);
  });
});
