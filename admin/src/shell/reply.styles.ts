import { css } from "lit";

/** A canned reply as it reads: what was put in for a variable is marked. */
export const filledReply = css`
  .filled {
    white-space: pre-wrap;
    overflow-wrap: anywhere;
    line-height: 1.5;
    unicode-bidi: plaintext;
  }
  .filled mark {
    background: var(--sd-primary-soft);
    color: var(--sd-primary-text);
    border-radius: var(--sd-radius-xs);
    padding-inline: 2px;
  }
`;
