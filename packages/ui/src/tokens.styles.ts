/*
 * Longer than 300 lines on purpose: this is the one table in which a colour, size, shadow or duration is a number.
 *
 *   --sidedesk-*   public theming API. An owner sets these on :root or on a <sidedesk-...> element.
 *   --sd-*         private. Components read only these. Never set from outside, free to change.
 *
 * A derived value is computed where it is declared, so a new --sidedesk-... takes effect on :root, :host or .sd-scope
 * (the set-up preview), not on any element in between. Eight public roles carry the theme; the rest follows from them.
 */
import { css } from "lit";

/** All tokens. Adopted by every public element (`:host`) and, through `adoptTokens`, by the portal and console pages (`:root`). */
export const tokens = css`
  :root,
  :host,
  .sd-scope {
    /* ---- Type -------------------------------------------------------------------------------------------
       System fonts only. Named faces come before system-ui because system-ui means a CJK face on some Windows
       set-ups and DejaVu on bare Linux. Two weights, 400 and 600: not every system face has a 500.
       --sidedesk-type is the unit: 1px inside a host page (its root font size cannot be trusted), .0625rem in our
       own portal and console so that a reader's browser font size counts. */
    --sd-family: var(
      --sidedesk-font,
      -apple-system,
      BlinkMacSystemFont,
      "Segoe UI Variable Text",
      "Segoe UI",
      Roboto,
      "Noto Sans",
      Ubuntu,
      Cantarell,
      "Liberation Sans",
      "Helvetica Neue",
      Arial,
      system-ui,
      sans-serif
    );
    --sd-family-mono: ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "Liberation Mono", monospace;
    --sd-u: var(--sidedesk-type, 1px);

    /* Use as 'font: 400 var(--sd-type-body)'. Size / line height / family in one, so that they never drift apart. */
    --sd-type-micro: calc(11 * var(--sd-u)) / 1.455 var(--sd-family); /* 16  counters, axis labels */
    --sd-type-meta: calc(12 * var(--sd-u)) / 1.334 var(--sd-family); /* 16  times, column heads, chips */
    --sd-type-dense: calc(13 * var(--sd-u)) / 1.385 var(--sd-family); /* 18  console tables and navigation */
    --sd-type-body: calc(14 * var(--sd-u)) / 1.429 var(--sd-family); /* 20  everything else */
    --sd-type-read: calc(15 * var(--sd-u)) / 1.534 var(--sd-family); /* 23  what people wrote to each other */
    --sd-type-lead: calc(17 * var(--sd-u)) / 1.412 var(--sd-family); /* 24  panel and card titles */
    --sd-type-title: calc(21 * var(--sd-u)) / 1.334 var(--sd-family); /* 28  page titles */
    --sd-type-display: calc(28 * var(--sd-u)) / 1.215 var(--sd-family); /* 34  greeting, key figures */
    --sd-type-input: 400 var(--sd-type-body);
    --sd-tight: -0.011em; /* letter-spacing from lead upwards */

    /* ---- Space: 4 px grid ------------------------------------------------------------------------------- */
    --sd-1: 4px;
    --sd-2: 8px;
    --sd-3: 12px;
    --sd-4: 16px;
    --sd-5: 20px;
    --sd-6: 24px;
    --sd-8: 32px;
    --sd-10: 40px;
    --sd-12: 48px;

    /* ---- Density ---------------------------------------------------------------------------------------- */
    --sd-control: 36px; /* buttons and inputs */
    --sd-control-s: 28px; /* inside tables and toolbars, with a mouse only */
    --sd-row: 44px; /* list rows */
    --sd-icon: 16px;
    --sd-icon-l: 20px;
    --sd-target: 24px; /* smallest clickable thing (WCAG 2.5.8) */

    /* ---- Shape ------------------------------------------------------------------------------------------ */
    --sd-radius: var(--sidedesk-radius, 10px);
    --sd-radius-xs: calc(var(--sd-radius) * 0.4); /* 4   checkboxes, tags, bars */
    --sd-radius-s: calc(var(--sd-radius) * 0.7); /* 7   buttons, inputs, menu items */
    --sd-radius-m: var(--sd-radius); /* 10  cards, menus, bubbles */
    --sd-radius-l: calc(var(--sd-radius) * 1.8); /* 18  the panel, dialogs */
    --sd-round: 999px;
    --sd-hair: 1px;
    --sd-ring-width: 2px;
    --sd-ring-gap: 2px;

    /* ---- Motion ----------------------------------------------------------------------------------------- */
    --sd-fast: 110ms; /* hover, press, tick */
    --sd-base: 180ms; /* menus, chips, rows arriving */
    --sd-slow: 280ms; /* panel, sheet, drawer */
    --sd-ease-out: cubic-bezier(0.2, 0.8, 0.2, 1); /* things arriving */
    --sd-ease-move: cubic-bezier(0.5, 0, 0.2, 1); /* things that stay but move */

    /* ---- Order. Inside a host page the whole desk is one stacking context at --sd-z-host. --------------- */
    --sd-z-host: var(--sidedesk-z, 2147482000);
    --sd-z-sticky: 10;
    --sd-z-bar: 20;
    --sd-z-menu: 30;
    --sd-z-toast: 50;

    /* ---- Fixed measures --------------------------------------------------------------------------------- */
    --sd-panel-width: 400px;
    --sd-panel-height: 704px;
    --sd-launcher: 56px;
    --sd-measure: 68ch;

    /* ---- Roles, light. Also what a browser without light-dark() and relative colour sees. --------------- */
    color-scheme: light;
    --sd-primary: var(--sidedesk-primary, #0d5f85);
    --sd-success: var(--sidedesk-success, #17703f);
    --sd-error: var(--sidedesk-error, #b8232c);
    --sd-warning: var(--sidedesk-warning, #8a5200);
    --sd-info: var(--sidedesk-info, #2a57b0);
    --sd-text: var(--sidedesk-text, #15222b);
    --sd-background: var(--sidedesk-background, #ffffff);
    --sd-border: var(--sidedesk-border, #dce2e6);
    --sd-ai: #6a3fb5; /* not themable: a machine's words look the same on every site */

    /* Fallbacks for the derived colours below. Flat, light only, still above the contrast floor. */
    --sd-on-primary: #ffffff;
    --sd-primary-hover: #0b5273;
    --sd-primary-press: #094661;
    --sd-primary-edge: #0d5f85;
    --sd-primary-text: #0d5f85;
    --sd-hero: #0d5f85;
    --sd-on-hero: #ffffff;
    --sd-primary-soft: #e8f1f5;
    --sd-primary-line: #a9c8d6;
    --sd-ring: #0d5f85;
    --sd-canvas: #f4f6f7;
    --sd-surface: #ffffff;
    --sd-raised: #ffffff;
    --sd-sunken: #eceff1;
    --sd-hover: #f2f4f6;
    --sd-muted: #4e5960;
    --sd-faint: #5e676e;
    --sd-border-strong: #798187;
    --sd-success-soft: #e6f2eb;
    --sd-error-soft: #fbe9ea;
    --sd-warning-soft: #fdf1dc;
    --sd-info-soft: #e8eef9;
    --sd-ai-soft: #f1ecfa;
    --sd-success-line: #a6d0b8;
    --sd-error-line: #eab4b7;
    --sd-warning-line: #e5c68f;
    --sd-info-line: #b0c4ea;
    --sd-ai-line: #cbb9ea;
    --sd-on-role: #ffffff;
    --sd-scrim: rgb(12 22 30 / 0.42);
    --sd-shadow-1: 0 1px 2px rgb(14 30 41 / 0.08);
    --sd-shadow-2: 0 2px 4px rgb(14 30 41 / 0.06), 0 8px 20px -4px rgb(14 30 41 / 0.14);
    --sd-shadow-3: 0 4px 10px rgb(14 30 41 / 0.07), 0 24px 56px -12px rgb(14 30 41 / 0.28);
  }

  /* ---- Roles and derived colours where the browser can compute them (everything since mid 2024) ------------ */
  @supports (color: light-dark(red, red)) and (color: oklch(from red l c h)) {
    :root,
    :host,
    .sd-scope {
      color-scheme: inherit;

      /* Each role may also be set for dark alone with --sidedesk-<role>-dark. */
      --sd-brand: var(--sidedesk-primary, #0d5f85);
      --sd-success: light-dark(var(--sidedesk-success, #17703f), var(--sidedesk-success-dark, #5fcb8d));
      --sd-error: light-dark(var(--sidedesk-error, #b8232c), var(--sidedesk-error-dark, #ff8f8a));
      --sd-warning: light-dark(var(--sidedesk-warning, #8a5200), var(--sidedesk-warning-dark, #eeb452));
      --sd-info: light-dark(var(--sidedesk-info, #2a57b0), var(--sidedesk-info-dark, #8db4ff));
      --sd-text: light-dark(var(--sidedesk-text, #15222b), var(--sidedesk-text-dark, #e7edf0));
      --sd-background: light-dark(var(--sidedesk-background, #ffffff), var(--sidedesk-background-dark, #171f25));
      --sd-border: light-dark(var(--sidedesk-border, #dce2e6), var(--sidedesk-border-dark, #2d373e));
      --sd-ai: light-dark(#6a3fb5, #bda2ff);

      /* Derived: the brand. A fill keeps the owner's colour as given (lifted in dark so that it does not sink).
         Text on it is black or white, whichever WCAG's own luminance sum says; 0.1833 is where white reaches 4.5:1.
         Hover and press move away from that text, so they only gain contrast. A pale fill gets a 3:1 edge.
         As text, the brand is dimmed in linear light until 4.5:1 holds on every surface: hue stays, legibility is sure. */
      --sd-primary: light-dark(
        var(--sd-brand),
        var(--sidedesk-primary-dark, oklch(from var(--sd-brand) max(l, 0.7) min(c, 0.14) h))
      );
      --sd-on-primary: color(
        from var(--sd-primary) xyz-d65 calc(0.9505 * clamp(0, (0.1833 - y) * 9999, 1)) clamp(0, (0.1833 - y) * 9999, 1)
          calc(1.089 * clamp(0, (0.1833 - y) * 9999, 1))
      );
      --sd-away: color(
        from var(--sd-primary) xyz-d65 calc(0.9505 * clamp(0, (y - 0.1833) * 9999, 1)) clamp(0, (y - 0.1833) * 9999, 1)
          calc(1.089 * clamp(0, (y - 0.1833) * 9999, 1))
      );
      --sd-primary-hover: color-mix(in oklab, var(--sd-primary), var(--sd-away) 14%);
      --sd-primary-press: color-mix(in oklab, var(--sd-primary), var(--sd-away) 24%);
      --sd-primary-edge: light-dark(
        color(
          from var(--sd-brand) xyz-d65 calc(x * min(1, 0.24 / y)) calc(y * min(1, 0.24 / y)) calc(z * min(1, 0.24 / y))
        ),
        var(--sd-primary)
      );
      --sd-primary-text: light-dark(
        color(
          from var(--sd-brand) xyz-d65 calc(x * min(1, 0.145 / y)) calc(y * min(1, 0.145 / y))
            calc(z * min(1, 0.145 / y))
        ),
        oklch(from var(--sd-primary) max(l, 0.77) min(c, 0.12) h)
      );
      --sd-hero: light-dark(
        var(--sd-brand),
        oklch(from var(--sd-brand) min(l, 0.38) min(c, 0.09) h)
      ); /* a large ground never glows in the dark */
      --sd-on-hero: color(
        from var(--sd-hero) xyz-d65 calc(0.9505 * clamp(0, (0.1833 - y) * 9999, 1)) clamp(0, (0.1833 - y) * 9999, 1)
          calc(1.089 * clamp(0, (0.1833 - y) * 9999, 1))
      );
      --sd-primary-soft: light-dark(
        color-mix(in oklab, var(--sd-surface), var(--sd-primary) 10%),
        color-mix(in oklab, var(--sd-surface), var(--sd-primary) 16%)
      );
      --sd-primary-line: color-mix(in oklab, var(--sd-surface), var(--sd-primary-text) 38%);
      --sd-ring: var(--sd-primary-text);

      /* Derived: surfaces. Light stacks by shadow, dark by lightness. */
      --sd-surface: var(--sd-background);
      --sd-canvas: light-dark(
        color-mix(in oklab, var(--sd-background), var(--sd-text) 4%),
        color-mix(in oklab, var(--sd-background), black 24%)
      );
      --sd-raised: light-dark(var(--sd-background), color-mix(in oklab, var(--sd-background), var(--sd-text) 6%));
      --sd-sunken: light-dark(
        color-mix(in oklab, var(--sd-background), var(--sd-text) 7%),
        color-mix(in oklab, var(--sd-background), var(--sd-text) 11%)
      );
      --sd-hover: light-dark(
        color-mix(in oklab, var(--sd-surface), var(--sd-text) 4.5%),
        color-mix(in oklab, var(--sd-surface), var(--sd-text) 7%)
      );
      --sd-muted: light-dark(
        color-mix(in oklab, var(--sd-background), var(--sd-text) 72%),
        color-mix(in oklab, var(--sd-background), var(--sd-text) 74%)
      );
      --sd-faint: light-dark(
        color-mix(in oklab, var(--sd-background), var(--sd-text) 65%),
        color-mix(in oklab, var(--sd-background), var(--sd-text) 66%)
      );
      --sd-border-strong: light-dark(
        color-mix(in oklab, var(--sd-background), var(--sd-text) 53%),
        color-mix(in oklab, var(--sd-background), var(--sd-text) 50%)
      );

      /* Derived: a soft ground and a line for each state colour. */
      --sd-success-soft: light-dark(
        color-mix(in oklab, var(--sd-surface), var(--sd-success) 11%),
        color-mix(in oklab, var(--sd-surface), var(--sd-success) 15%)
      );
      --sd-error-soft: light-dark(
        color-mix(in oklab, var(--sd-surface), var(--sd-error) 9%),
        color-mix(in oklab, var(--sd-surface), var(--sd-error) 15%)
      );
      --sd-warning-soft: light-dark(
        color-mix(in oklab, var(--sd-surface), #eaa800 17%),
        color-mix(in oklab, var(--sd-surface), var(--sd-warning) 15%)
      );
      --sd-info-soft: light-dark(
        color-mix(in oklab, var(--sd-surface), var(--sd-info) 9%),
        color-mix(in oklab, var(--sd-surface), var(--sd-info) 15%)
      );
      --sd-ai-soft: light-dark(
        color-mix(in oklab, var(--sd-surface), var(--sd-ai) 8%),
        color-mix(in oklab, var(--sd-surface), var(--sd-ai) 14%)
      );
      --sd-success-line: color-mix(in oklab, var(--sd-surface), var(--sd-success) 38%);
      --sd-error-line: color-mix(in oklab, var(--sd-surface), var(--sd-error) 38%);
      --sd-warning-line: color-mix(in oklab, var(--sd-surface), var(--sd-warning) 38%);
      --sd-info-line: color-mix(in oklab, var(--sd-surface), var(--sd-info) 38%);
      --sd-ai-line: color-mix(in oklab, var(--sd-surface), var(--sd-ai) 38%);
      --sd-on-role: light-dark(#ffffff, #10161a);

      /* Derived: depth. */
      --sd-scrim: light-dark(rgb(12 22 30 / 0.42), rgb(0 0 0 / 0.6));
      --sd-shade: light-dark(rgb(14 30 41 / 0.1), rgb(0 0 0 / 0.5));
      --sd-shade-deep: light-dark(rgb(14 30 41 / 0.26), rgb(0 0 0 / 0.7));
      --sd-shadow-1: 0 1px 2px var(--sd-shade);
      --sd-shadow-2: 0 2px 4px var(--sd-shade), 0 8px 20px -4px var(--sd-shade);
      --sd-shadow-3: 0 4px 10px var(--sd-shade), 0 24px 56px -12px var(--sd-shade-deep);
    }

    /* Our own pages follow the system. Inside a host page the desk follows the page: what the page declares as its
       color-scheme is inherited, so a site without a dark side never gets a dark panel. */
    :root,
    :host([theme="system"]) {
      color-scheme: light dark;
    }
    :is(:root, .sd-scope)[data-theme="light"],
    :host([theme="light"]) {
      color-scheme: light;
    }
    :is(:root, .sd-scope)[data-theme="dark"],
    :host([theme="dark"]) {
      color-scheme: dark;
    }
  }

  /* ---- Touch: a finger needs 44 px, and iOS zooms into inputs below 16 px ------------------------------------ */
  @media (pointer: coarse), (max-width: 479.98px) {
    :root,
    :host,
    .sd-scope {
      --sd-control: 44px;
      --sd-control-s: 44px;
      --sd-row: 56px;
      --sd-target: 44px;
      --sd-type-input: 400 calc(16 * var(--sd-u)) / 1.375 var(--sd-family);
    }
  }

  /* ---- Reduced motion: nothing travels; what must be noticed may still fade ----------------------------------- */
  @media (prefers-reduced-motion: reduce) {
    :root,
    :host,
    .sd-scope {
      --sd-fast: 0.01ms;
      --sd-base: 0.01ms;
      --sd-slow: 0.01ms;
    }
  }

  /* ---- More contrast on request --------------------------------------------------------------------------------- */
  @media (prefers-contrast: more) {
    :root,
    :host,
    .sd-scope {
      --sd-border: var(--sd-border-strong);
      --sd-muted: var(--sd-text);
      --sd-faint: var(--sd-text);
    }
  }

  /* ---- Forced colours: roles become system colours, depth becomes a border --------------------------------------- */
  @media (forced-colors: active) {
    :root,
    :host,
    .sd-scope {
      --sd-primary: ButtonText;
      --sd-on-primary: ButtonFace;
      --sd-primary-text: LinkText;
      --sd-ring: Highlight;
      --sd-border: CanvasText;
      --sd-border-strong: CanvasText;
      --sd-shadow-1: none;
      --sd-shadow-2: none;
      --sd-shadow-3: none;
    }
  }
`;
