// Written by scripts/build-icons.js from lucide-static 1.62.0 (ISC, see NOTICES.md). Do not edit by hand.

export const circlePauseIcon = "M12 2a10 10 0 1 0 0 20 10 10 0 1 0 0-20m-2 13V9m4 6V9";
export const historyIcon = "M3 12a9 9 0 1 0 9-9 9.8 9.8 0 0 0-6.74 2.74L3 8m0-5v5h5m4-1v5l4 2";
export const hourglassIcon =
  "M5 22h14M5 2h14m-2 20v-4.17a2 2 0 0 0-.59-1.42L12 12l-4.41 4.41A2 2 0 0 0 7 17.83V22M7 2v4.17a2 2 0 0 0 .59 1.42L12 12l4.41-4.41A2 2 0 0 0 17 6.17V2";
export const logOutIcon = "m16 17 5-5-5-5m5 5H9m0 9H5a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2h4";
export const playIcon = "M5 5a2 2 0 0 1 3-1.73l12 7a2 2 0 0 1 0 3.46l-12 7A2 2 0 0 1 5 19z";
export const trash2Icon =
  "M10 11v6m4-6v6m5-11v14a2 2 0 0 1-2 2H7a2 2 0 0 1-2-2V6M3 6h18M8 6V4a2 2 0 0 1 2-2h4a2 2 0 0 1 2 2v2";
export const zapIcon =
  "M15.91 4a1.5 1.5 0 0 0-2.47-1.56l-9 9A1.5 1.5 0 0 0 5.5 14h4a.5.5 0 0 1 .47.67L8.1 20a1.5 1.5 0 0 0 2.47 1.56l9-9A1.5 1.5 0 0 0 18.5 10h-4a.5.5 0 0 1-.47-.67z";
