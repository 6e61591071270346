import { css } from "lit";

/** The frame of the form: head and scrolling body, as every view of the panel. */
export const frameStyles = css`
  .panel-body {
    padding: var(--sd-3);
    background: var(--sd-canvas);
  }
  .set {
    max-inline-size: 640px;
    margin-inline: auto;
  }
`;
