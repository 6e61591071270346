// Written by scripts/build-icons.js from lucide-static 1.62.0 (ISC, see NOTICES.md). Do not edit by hand.

export * from "./core-icons.ts";
export * from "./late-icons.ts";

export const activityIcon =
  "M22 12h-2.48a2 2 0 0 0-1.93 1.46l-2.35 8.36a.25.25 0 0 1-.48 0L9.24 2.18a.25.25 0 0 0-.48 0l-2.35 8.36A2 2 0 0 1 4.49 12H2";
export const arrowDownIcon = "M12 5v14m7-7-7 7-7-7";
export const arrowLeftIcon = "m12 19-7-7 7-7m7 7H5";
export const arrowRightIcon = "M5 12h14m-7-7 7 7-7 7";
export const arrowUpIcon = "m5 12 7-7 7 7m-7 7V5";
export const atSignIcon = "M12 8a4 4 0 1 0 0 8 4 4 0 1 0 0-8m4 0v5a3 3 0 0 0 6 0v-1a10 10 0 1 0-4 8";
export const bookOpenIcon =
  "M12 5v16m8-2a2 2 0 0 0 2-2V5a2 2 0 0 0-2-2h-4a5 5 0 0 0-4 2 5 5 0 0 0-4-2H4a2 2 0 0 0-2 2v12a2 2 0 0 0 2 2h4a5 5 0 0 1 4 2 5 5 0 0 1 4-2z";
export const bookmarkIcon =
  "M17 3a2 2 0 0 1 2 2v15a1 1 0 0 1-1.5.87L13 18.29a2 2 0 0 0-2 0l-4.5 2.58A1 1 0 0 1 5 20V5a2 2 0 0 1 2-2z";
export const calendarIcon = "M8 2v3m8-3v3M5 3h14a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2M3 9h18";
export const chartColumnIcon = "M3 3v16a2 2 0 0 0 2 2h16m-3-4V9m-5 8V5M8 17v-3";
export const chartNoAxesCombinedIcon =
  "M12 16v5m4-6.36V21m4-10.34V21m2-18-8.65 8.65a.5.5 0 0 1-.7 0l-3.3-3.3a.5.5 0 0 0-.7 0L2 15m2 3.46V21m4-6.34V21";
export const checkIcon = "M20 6 9 17l-5-5";
export const checkCheckIcon = "M18 6 7 17l-5-5m20-2-7.5 7.5L13 16";
export const chevronLeftIcon = "m15 18-6-6 6-6";
export const chevronRightIcon = "m9 18 6-6-6-6";
export const chevronsUpDownIcon = "m7 15 5 5 5-5M7 9l5-5 5 5";
export const circleAlertIcon = "M12 2a10 10 0 1 0 0 20 10 10 0 1 0 0-20m0 6v4m0 4h.01";
export const circleCheckIcon = "M12 2a10 10 0 1 0 0 20 10 10 0 1 0 0-20m4 7-5.5 5.5L8 12";
export const circleQuestionMarkIcon =
  "M12 2a10 10 0 1 0 0 20 10 10 0 1 0 0-20M9.09 9a3 3 0 0 1 5.83 1c0 2-3 3-3 3m.08 4h.01";
export const clockIcon = "M12 2a10 10 0 1 0 0 20 10 10 0 1 0 0-20m0 4v6l4 2";
export const clockAlertIcon = "M12 6v6l4 2m4-2v5m0 4h.01m1.24-12.8A10 10 0 1 0 16 21.16";
export const cloudOffIcon =
  "M10.94 5.27A7 7 0 0 1 15.71 10h1.79a4.5 4.5 0 0 1 4.22 6.06m-2.92 2.75a5 5 0 0 1-1.3.19H9A7 7 0 0 1 5.79 5.78M2 2l20 20";
export const copyIcon =
  "M10 8h10a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H10a2 2 0 0 1-2-2V10a2 2 0 0 1 2-2m-6 8a2 2 0 0 1-2-2V4c0-1.1.9-2 2-2h10a2 2 0 0 1 2 2";
export const downloadIcon = "M12 15V3m9 12v4a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-4m4-5 5 5 5-5";
export const ellipsisIcon =
  "M12 11a1 1 0 1 0 0 2 1 1 0 1 0 0-2m7 0a1 1 0 1 0 0 2 1 1 0 1 0 0-2M5 11a1 1 0 1 0 0 2 1 1 0 1 0 0-2";
export const externalLinkIcon = "M15 3h6v6m-11 5L21 3m-3 10v6a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V8a2 2 0 0 1 2-2h6";
export const eyeIcon =
  "M2.06 12.35a1 1 0 0 1 0-.7 10.75 10.75 0 0 1 19.88 0 1 1 0 0 1 0 .7 10.75 10.75 0 0 1-19.88 0M12 9a3 3 0 1 0 0 6 3 3 0 1 0 0-6";
export const fileTextIcon =
  "M6 22a2 2 0 0 1-2-2V4a2 2 0 0 1 2-2h8a2.4 2.4 0 0 1 1.7.7l3.6 3.6A2.4 2.4 0 0 1 20 8v12a2 2 0 0 1-2 2zm8-20v5a1 1 0 0 0 1 1h5M10 9H8m8 4H8m8 4H8";
export const globeIcon =
  "M12 2a10 10 0 1 0 0 20 10 10 0 1 0 0-20m0 0a14.5 14.5 0 0 0 0 20 14.5 14.5 0 0 0 0-20M2 12h20";
export const houseIcon =
  "M15 21v-8a1 1 0 0 0-1-1h-4a1 1 0 0 0-1 1v8M3 10a2 2 0 0 1 .7-1.53l7-6a2 2 0 0 1 2.6 0l7 6A2 2 0 0 1 21 10v9a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2z";
export const imageIcon =
  "M5 3h14a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2m4 4a2 2 0 1 0 0 4 2 2 0 1 0 0-4m12 8-3.09-3.09a2 2 0 0 0-2.82 0L6 21";
export const inboxIcon =
  "M22 12h-6l-2 3h-4l-2-3H2m3.45-6.89L2 12v6a2 2 0 0 0 2 2h16a2 2 0 0 0 2-2v-6l-3.45-6.89A2 2 0 0 0 16.76 4H7.24a2 2 0 0 0-1.79 1.11";
export const infoIcon = "M12 2a10 10 0 1 0 0 20 10 10 0 1 0 0-20m0 14v-4m0-4h.01";
export const keyboardIcon =
  "M10 8h.01M12 12h.01M14 8h.01M16 12h.01M18 8h.01M6 8h.01M7 16h10m-9-4h.01M4 4h16a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2";
export const layoutDashboardIcon =
  "M4 3h5a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1m11 0h5a1 1 0 0 1 1 1v3a1 1 0 0 1-1 1h-5a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1m0 9h5a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1h-5a1 1 0 0 1-1-1v-7a1 1 0 0 1 1-1M4 16h5a1 1 0 0 1 1 1v3a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1v-3a1 1 0 0 1 1-1";
export const linkIcon =
  "M10 13a5 5 0 0 0 7.54.54l3-3a5 5 0 0 0-7.07-7.07l-1.72 1.71M14 11a5 5 0 0 0-7.54-.54l-3 3a5 5 0 0 0 7.07 7.07l1.71-1.71";
export const listIcon = "M3 5h.01M3 12h.01M3 19h.01M8 5h13M8 12h13M8 19h13";
export const lockIcon =
  "M5 11h14a2 2 0 0 1 2 2v7a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-7a2 2 0 0 1 2-2m2 0V7a5 5 0 0 1 10 0v4";
export const mailIcon =
  "m22 7-9 5.73a2 2 0 0 1-2 0L2 7m2-3h16a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2";
export const menuIcon = "M4 5h16M4 12h16M4 19h16";
export const mergeIcon = "m8 6 4-4 4 4m-4-4v10.3a4 4 0 0 1-1.17 2.87L4 22m16 0-5-5";
export const messageCircleIcon =
  "M3 16.34a2 2 0 0 1 .09 1.17L2.02 20.8a1 1 0 0 0 1.24 1.17l3.41-1a2 2 0 0 1 1.1.1 10 10 0 1 0-4.78-4.73";
export const messageSquareIcon =
  "M22 17a2 2 0 0 1-2 2H6.83a2 2 0 0 0-1.42.59l-2.2 2.2a.71.71 0 0 1-1.21-.5V5a2 2 0 0 1 2-2h16a2 2 0 0 1 2 2z";
export const moonIcon = "M20.99 12.49A9 9 0 1 1 11.5 3c.4-.02.62.46.4.8a6 6 0 0 0 8.27 8.28c.35-.22.83 0 .8.4";
export const paperclipIcon =
  "m16 6-8.41 8.59a2 2 0 0 0 2.83 2.83l8.4-8.6a4 4 0 1 0-5.65-5.65L4.8 11.72a6 6 0 1 0 8.49 8.49l8.38-8.55";
export const pauseIcon =
  "M15 3h3a1 1 0 0 1 1 1v16a1 1 0 0 1-1 1h-3a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1M6 3h3a1 1 0 0 1 1 1v16a1 1 0 0 1-1 1H6a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1";
export const pencilIcon =
  "M21.17 6.81a1 1 0 0 0-3.98-3.98L3.84 16.17a2 2 0 0 0-.5.83l-1.32 4.36a.5.5 0 0 0 .62.62L7 20.66a2 2 0 0 0 .83-.5zM15 5l4 4";
export const plusIcon = "M5 12h14m-7-7v14";
export const receiptTextIcon =
  "M13 16H8m6-8H8m8 4H8M4 3a1 1 0 0 1 1-1 1.3 1.3 0 0 1 .7.2l.93.6a1.3 1.3 0 0 0 1.4 0l.94-.6a1.3 1.3 0 0 1 1.4 0l.93.6a1.3 1.3 0 0 0 1.4 0l.93-.6a1.3 1.3 0 0 1 1.4 0l.94.6a1.3 1.3 0 0 0 1.4 0l.93-.6A1.3 1.3 0 0 1 19 2a1 1 0 0 1 1 1v18a1 1 0 0 1-1 1 1.3 1.3 0 0 1-.7-.2l-.93-.6a1.3 1.3 0 0 0-1.4 0l-.94.6a1.3 1.3 0 0 1-1.4 0l-.93-.6a1.3 1.3 0 0 0-1.4 0l-.93.6a1.3 1.3 0 0 1-1.4 0l-.94-.6a1.3 1.3 0 0 0-1.4 0l-.93.6a1.3 1.3 0 0 1-.7.2 1 1 0 0 1-1-1z";
export const refreshCwIcon =
  "M3 12a9 9 0 0 1 9-9 9.8 9.8 0 0 1 6.74 2.74L21 8m0-5v5h-5m5 4a9 9 0 0 1-9 9 9.8 9.8 0 0 1-6.74-2.74L3 16m5 0H3v5";
export const rotateCwIcon = "M21 12a9 9 0 1 1-9-9c2.52 0 4.93 1 6.74 2.74L21 8m0-5v5h-5";
export const searchIcon = "m21 21-4.34-4.34M11 3a8 8 0 1 0 0 16 8 8 0 1 0 0-16";
export const sendIcon =
  "M14.54 21.69a.5.5 0 0 0 .93-.03l6.5-19a.5.5 0 0 0-.63-.63l-19 6.5a.5.5 0 0 0-.03.93l7.93 3.18a2 2 0 0 1 1.12 1.11zm7.31-19.54L10.91 13.09";
export const settingsIcon =
  "M9.67 4.14a2.34 2.34 0 0 1 4.66 0 2.34 2.34 0 0 0 3.32 1.91 2.34 2.34 0 0 1 2.33 4.03 2.34 2.34 0 0 0 0 3.83 2.34 2.34 0 0 1-2.33 4.04 2.34 2.34 0 0 0-3.32 1.91 2.34 2.34 0 0 1-4.66 0 2.34 2.34 0 0 0-3.32-1.91 2.34 2.34 0 0 1-2.33-4.03 2.34 2.34 0 0 0 0-3.84 2.34 2.34 0 0 1 2.33-4.03 2.34 2.34 0 0 0 3.32-1.91M12 9a3 3 0 1 0 0 6 3 3 0 1 0 0-6";
export const settings2Icon = "M14 17H5M19 7h-9m7 7a3 3 0 1 0 0 6 3 3 0 1 0 0-6M7 4a3 3 0 1 0 0 6 3 3 0 1 0 0-6";
export const shieldCheckIcon =
  "M20 13c0 5-3.5 7.5-7.66 8.95a1 1 0 0 1-.67-.01C7.5 20.5 4 18 4 13V6a1 1 0 0 1 1-1c2 0 4.5-1.2 6.24-2.72a1.2 1.2 0 0 1 1.52 0C14.51 3.81 17 5 19 5a1 1 0 0 1 1 1zM9 12l2 2 4-4";
export const slidersHorizontalIcon = "M10 5H3m9 14H3M14 3v4m2 10v4m5-9h-9m9 7h-5m5-14h-7m-6 5v4m0-2H3";
export const squarePenIcon =
  "M12 3H5a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h14a2 2 0 0 0 2-2v-7m-2.62-9.37a1 1 0 0 1 3 3l-9.02 9a2 2 0 0 1-.85.51l-2.87.84a.5.5 0 0 1-.62-.62l.84-2.87a2 2 0 0 1 .5-.85z";
export const starIcon =
  "M11.53 2.3a.53.53 0 0 1 .95 0l2.3 4.67a2.1 2.1 0 0 0 1.6 1.16l5.17.76a.53.53 0 0 1 .29.9l-3.74 3.64a2.1 2.1 0 0 0-.6 1.88l.87 5.14a.53.53 0 0 1-.77.56L13 18.58a2.1 2.1 0 0 0-1.98 0L6.4 21.01a.53.53 0 0 1-.77-.56l.88-5.14a2.1 2.1 0 0 0-.61-1.88L2.16 9.8a.53.53 0 0 1 .3-.91l5.16-.76a2.1 2.1 0 0 0 1.6-1.16z";
export const sunIcon =
  "M12 8a4 4 0 1 0 0 8 4 4 0 1 0 0-8m0-6v2m0 16v2M4.93 4.93l1.41 1.41m11.32 11.32 1.41 1.41M2 12h2m16 0h2M6.34 17.66l-1.41 1.41M19.07 4.93l-1.41 1.41";
export const tagIcon =
  "M12.59 2.59A2 2 0 0 0 11.17 2H4a2 2 0 0 0-2 2v7.17a2 2 0 0 0 .59 1.42l8.7 8.7a2.43 2.43 0 0 0 3.42 0l6.58-6.58a2.43 2.43 0 0 0 0-3.42zM7.5 7a.5.5 0 1 0 0 1 .5.5 0 1 0 0-1";
export const thumbsUpIcon =
  "M15 5.88 14 10h5.83a2 2 0 0 1 1.92 2.56l-2.33 8A2 2 0 0 1 17.5 22H4a2 2 0 0 1-2-2v-8a2 2 0 0 1 2-2h2.76a2 2 0 0 0 1.79-1.11L12 2a3.13 3.13 0 0 1 3 3.88M7 10v12";
export const triangleAlertIcon =
  "m21.73 18-8-14a2 2 0 0 0-3.48 0l-8 14A2 2 0 0 0 4 21h16a2 2 0 0 0 1.73-3M12 9v4m0 4h.01";
export const typeIcon = "M12 4v16M4 7V5a1 1 0 0 1 1-1h14a1 1 0 0 1 1 1v2M9 20h6";
export const unplugIcon =
  "m19 5 3-3M2 22l3-3m1.3 1.3a2.4 2.4 0 0 0 3.4 0L12 18l-6-6-2.3 2.3a2.4 2.4 0 0 0 0 3.4Zm1.2-6.8L10 11m.5 5.5L13 14m-1-8 6 6 2.3-2.3a2.4 2.4 0 0 0 0-3.4l-2.6-2.6a2.4 2.4 0 0 0-3.4 0Z";
export const userCheckIcon = "m16 11 2 2 4-4m-6 12v-2a4 4 0 0 0-4-4H6a4 4 0 0 0-4 4v2M9 3a4 4 0 1 0 0 8 4 4 0 1 0 0-8";
export const userPlusIcon = "M16 21v-2a4 4 0 0 0-4-4H6a4 4 0 0 0-4 4v2M9 3a4 4 0 1 0 0 8 4 4 0 1 0 0-8m10 5v6m3-3h-6";
export const userXIcon = "M16 21v-2a4 4 0 0 0-4-4H6a4 4 0 0 0-4 4v2M9 3a4 4 0 1 0 0 8 4 4 0 1 0 0-8m8 5 5 5m0-5-5 5";
export const usersIcon =
  "M16 21v-2a4 4 0 0 0-4-4H6a4 4 0 0 0-4 4v2M16 3.13a4 4 0 0 1 0 7.74M22 21v-2a4 4 0 0 0-3-3.87M9 3a4 4 0 1 0 0 8 4 4 0 1 0 0-8";
export const wifiOffIcon =
  "M12 20h.01M8.5 16.43a5 5 0 0 1 7 0M5 12.86a10 10 0 0 1 5.17-2.7m8.83 2.7a10 10 0 0 0-2-1.52M2 8.82a15 15 0 0 1 4.18-2.64M22 8.82a15 15 0 0 0-11.29-3.76M2 2l20 20";
