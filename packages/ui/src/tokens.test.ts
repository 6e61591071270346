import { expect } from "@open-wc/testing";
import { tokens } from "./tokens.styles.ts";

type Rgb = [number, number, number];

describe("X3 one brand colour", () => {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true })!;
  /** A colour as the screen shows it, whatever space it is given in. */
  const shown = (colour: string): Rgb => {
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data.slice(0, 3)] as Rgb;
  };
  const luminance = (rgb: Rgb): number => {
    const [r, g, b] = rgb.map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    }) as Rgb;
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one: Rgb, other: Rgb): number => {
    const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
    return (high + 0.05) / (low + 0.05);
  };
  const scope = document.createElement("div");
  const probe = document.createElement("i");
  const colour = (name: string): Rgb => {
    probe.style.color = `var(--sd-${name})`;
    return shown(getComputedStyle(probe).color);
  };

  before(() => {
    document.adoptedStyleSheets.push(tokens.styleSheet!);
    scope.className = "sd-scope";
    scope.append(probe);
    document.body.append(scope);
  });
  after(() => {
    document.adoptedStyleSheets.pop();
    scope.remove();
  });

  const steps = ["00", "33", "66", "99", "cc", "ff"];
  const brands = steps.flatMap((r) => steps.flatMap((g) => steps.map((b) => `#${r}${g}${b}`)));
  for (const theme of ["light", "dark"])
    it(`keeps its contrast with each of 216, ${theme}`, () => {
      scope.dataset["theme"] = theme;
      const poor: string[] = [];
      for (const brand of brands) {
        scope.style.setProperty("--sidedesk-primary", brand);
        const [fill, surface] = [colour("primary"), colour("surface")];
        const least = (what: string, value: number, floor: number) =>
          value < floor && poor.push(`${brand} ${what} ${value.toFixed(2)}`);
        for (const ground of ["primary", "primary-hover", "primary-press"])
          least(`text on ${ground}`, contrast(colour("on-primary"), colour(ground)), 4.5);
        least("text on hero", contrast(colour("on-hero"), colour("hero")), 4.5);
        for (const ground of ["surface", "canvas", "hover", "primary-soft"])
          least(`as text on ${ground}`, contrast(colour("primary-text"), colour(ground)), 4.5);
        least("edge", Math.max(contrast(fill, surface), contrast(colour("primary-edge"), surface)), 3);
        least("ring", contrast(colour("ring"), surface), 3);
      }
      expect(poor).to.deep.equal([]);
    });

  it("lets each role be another in the dark alone", () => {
    scope.style.cssText =
      "--sidedesk-error: rgb(1, 2, 3); --sidedesk-error-dark: rgb(200, 201, 202); --sidedesk-primary-dark: rgb(250, 180, 10)";
    scope.dataset["theme"] = "light";
    expect(colour("error")).to.deep.equal([1, 2, 3]);
    scope.dataset["theme"] = "dark";
    expect(colour("error")).to.deep.equal([200, 201, 202]);
    expect(colour("primary")).to.deep.equal([250, 180, 10]);
    expect(contrast(colour("on-primary"), colour("primary"))).to.be.greaterThan(4.5);
  });
});
