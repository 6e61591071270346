// Written by scripts/build-icons.js from lucide-static 1.62.0 (ISC, see NOTICES.md). Do not edit by hand.

export const bellIcon =
  "M10.27 21a2 2 0 0 0 3.46 0M3.26 15.33A1 1 0 0 0 4 17h16a1 1 0 0 0 .74-1.67C19.41 13.96 18 12.5 18 8A6 6 0 0 0 6 8c0 4.5-1.41 5.96-2.74 7.33";
export const chevronDownIcon = "m6 9 6 6 6-6";
export const sparklesIcon =
  "M11.02 2.81a1 1 0 0 1 1.96 0l1.05 5.56a2 2 0 0 0 1.6 1.6l5.56 1.05a1 1 0 0 1 0 1.96l-5.56 1.05a2 2 0 0 0-1.6 1.6l-1.05 5.56a1 1 0 0 1-1.96 0l-1.05-5.56a2 2 0 0 0-1.6-1.6l-5.56-1.05a1 1 0 0 1 0-1.96l5.56-1.05a2 2 0 0 0 1.6-1.6zM20 2v4m2-2h-4M4 18a2 2 0 1 0 0 4 2 2 0 1 0 0-4";
export const userIcon = "M19 21v-2a4 4 0 0 0-4-4H9a4 4 0 0 0-4 4v2m7-18a4 4 0 1 0 0 8 4 4 0 1 0 0-8";
export const xIcon = "M18 6 6 18M6 6l12 12";
