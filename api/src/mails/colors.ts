/** WCAG's relative luminance of `#rrggbb`. */
function luminance(color: string): number {
  const channel = (at: number) => {
    const value = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

/** Black or white, whichever reads better on the owner's colour (switched at 0.1833, so that 4.5:1 is never missed). */
export const textOn = (color: string): string => (luminance(color) > 0.1833 ? "#000000" : "#ffffff");

/** The edge of a fill: itself, or, where it would be lost in its ground, something that can be seen. */
export const edgeOf = (fill: string, ground: "light" | "dark"): string => {
  const y = luminance(fill);
  if (ground === "light") return y > 0.3 ? "#8a97a0" : fill;
  return y < 0.09 ? "#71808a" : fill;
};
