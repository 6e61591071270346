/** What the people of the gallery wrote to each other. Their names, and what they wrote, are no words of the desk's own. */
export interface SampleWords {
  staff: string;
  description: string;
  /** Of the requests, the one that stands open first. */
  subjects: readonly [string, string, string, string, string, string];
  talk: readonly [string, string, string];
  answered: string;
  answeredText: string;
  /** Title and text: of an invoice, an alert, new terms, news. */
  notices: readonly (readonly [title: string, text: string])[];
  justAsked: string;
  general: string;
  billing: string;
  system: string;
}

const en: SampleWords = {
  staff: "Jonas Weber",
  description: "The checkout hangs on phones.",
  subjects: [
    "Checkout page times out on phones",
    "Where is my parcel?",
    "The invoice of October names another company than ours",
    "Can I change the colour of my order?",
    "Handle arrived broken",
    "Newsletter",
  ],
  talk: [
    "Which phone is it, and which browser?",
    "An old one, with the browser it came with.",
    "Thank you. Could you send us a picture of it?",
  ],
  answered: "New answer to “Checkout page times out on phones”",
  answeredText: "A request",
  notices: [
    ["Your invoice for October is here", "It is due on 5 December."],
    ["Costs of this week are higher than usual", "42% above the last four weeks."],
    ["New terms from January", "Read what changes for you."],
    ["Parcels can be followed now", "In your account, under Orders."],
  ],
  justAsked: "Just asked",
  general: "General",
  billing: "Billing",
  system: "Our order system",
};

const de: SampleWords = {
  staff: "Jonas Weber",
  description: "Die Kasse hängt auf dem Telefon.",
  subjects: [
    "Die Kasse bricht auf dem Telefon mit einer Zeitüberschreitung ab",
    "Wo ist mein Paket?",
    "Auf der Oktoberrechnung steht eine andere Firma",
    "Kann ich die Farbe meiner Bestellung noch ändern?",
    "Der Henkel kam zerbrochen an",
    "Newsletter abbestellen",
  ],
  talk: [
    "Welches Telefon ist es, und welcher Browser?",
    "Ein älteres, mit dem Browser, der darauf war.",
    "Danke. Könnten Sie uns ein Bild davon schicken?",
  ],
  answered: "Neue Antwort auf „Die Kasse bricht auf dem Telefon mit einer Zeitüberschreitung ab“",
  answeredText: "Eine Anfrage",
  notices: [
    ["Ihre Rechnung für Oktober ist da", "Sie ist am 5. Dezember fällig."],
    ["Die Kosten dieser Woche sind höher als sonst", "42 % über den letzten vier Wochen."],
    ["Neue Bedingungen ab Januar", "Lesen Sie, was sich für Sie ändert."],
    ["Pakete lassen sich jetzt verfolgen", "In Ihrem Konto unter Bestellungen."],
  ],
  justAsked: "Gerade gefragt",
  general: "Allgemeines",
  billing: "Rechnung und Zahlung",
  system: "Unser Bestellsystem",
};

const ar: SampleWords = {
  staff: "سامي حداد",
  description: "صفحة الدفع تتوقف على الهاتف.",
  subjects: [
    "صفحة الدفع تنتهي مهلتها على الهاتف",
    "أين طردي؟",
    "فاتورة أكتوبر تحمل اسم شركة أخرى",
    "هل يمكنني تغيير لون طلبي؟",
    "وصل المقبض مكسورًا",
    "النشرة البريدية",
  ],
  talk: ["أي هاتف هو، وأي متصفح؟", "هاتف قديم، بالمتصفح الذي جاء معه.", "شكرًا. هل يمكنك إرسال صورة له؟"],
  answered: "رد جديد على «صفحة الدفع تنتهي مهلتها على الهاتف»",
  answeredText: "طلب",
  notices: [
    ["فاتورة أكتوبر جاهزة", "تستحق في 5 ديسمبر."],
    ["تكاليف هذا الأسبوع أعلى من المعتاد", "أعلى بنسبة 42% من الأسابيع الأربعة الماضية."],
    ["شروط جديدة ابتداءً من يناير", "اقرأ ما الذي يتغير بالنسبة إليك."],
    ["يمكن تتبع الطرود الآن", "في حسابك ضمن الطلبات."],
  ],
  justAsked: "سؤال جديد",
  general: "عام",
  billing: "الفواتير والدفع",
  system: "نظام الطلبات لدينا",
};

const known: Partial<Record<string, SampleWords>> = { en, de, ar };

/** English where nobody wrote anything in that language. */
export const sampleWords = (language: string): SampleWords => known[language] ?? en;
