import { css } from "lit";

/** The large avatar, which the widget's launcher and panel do not carry. Comes after `people`. */
export const largeAvatar = css`
  .avatar-l {
    inline-size: 44px;
    block-size: 44px;
    font: 600 var(--sd-type-body);
  }
`;
