import { css } from "lit";

/**
 * The buttons of the bar above the list, in itself and in the element that is one of them. It is one line in every language:
 * with a second one the rows would move under the finger that ticks. So each has its icon and word where there is room, the
 * word alone where there is less, and the icon alone where there is little; its name stays the word.
 */
export const barWords = css`
  @container (max-width: 767.98px) {
    .button-s:has(> .word) > .icon {
      display: none;
    }
  }
  @container (max-width: 479.98px) {
    .button-s:has(> .word) {
      min-inline-size: max(var(--sd-control), var(--sd-target));
    }
    .button-s:has(> .word) > .icon {
      display: block;
    }
    .button-s > .word {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
  }
`;
