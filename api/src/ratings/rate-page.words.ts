/** What the rating page says, in the languages that the widget has. */
export interface RateWords {
  title: string;
  score: string;
  /** From 1 to 5. */
  scores: readonly [string, string, string, string, string];
  comment: string;
  optional: string;
  send: string;
  sending: string;
  thanks: string;
  changeable: string;
  tooOld: string;
  notValid: string;
  notSolved: string;
  stands: string;
  tooMany: string;
  choose: string;
  failed: string;
}

const en: RateWords = {
  title: "How did we do?",
  score: "Your rating",
  scores: ["Very unhappy", "Unhappy", "Neither", "Happy", "Very happy"],
  comment: "What could be better, or what was good?",
  optional: "optional",
  send: "Send rating",
  sending: "Sending",
  thanks: "Thank you",
  changeable: "Your rating is with us. You can change it for 7 days; this page may be closed.",
  tooOld: "This link is too old.",
  notValid: "This link does not work. Take the whole address from the mail.",
  notSolved: "Your request is open again. You can rate it once it is solved.",
  stands: "You rated this more than 7 days ago. That rating stands.",
  tooMany: "That was a lot at once. Try again in a while.",
  choose: "Choose one of the five, please.",
  failed: "That did not reach us. Nothing is lost: send it again.",
};
const de: RateWords = {
  title: "Wie waren wir?",
  score: "Ihre Bewertung",
  scores: ["Sehr unzufrieden", "Unzufrieden", "Weder noch", "Zufrieden", "Sehr zufrieden"],
  comment: "Was war gut, was könnte besser sein?",
  optional: "freiwillig",
  send: "Bewertung senden",
  sending: "Wird gesendet",
  thanks: "Vielen Dank",
  changeable: "Ihre Bewertung ist bei uns. Sie können sie 7 Tage lang ändern; diese Seite kann geschlossen werden.",
  tooOld: "Dieser Link ist zu alt.",
  notValid: "Dieser Link funktioniert nicht. Nehmen Sie die ganze Adresse aus der Mail.",
  notSolved: "Ihre Anfrage ist wieder offen. Bewerten können Sie sie, sobald sie gelöst ist.",
  stands: "Sie haben vor mehr als 7 Tagen bewertet. Diese Bewertung bleibt.",
  tooMany: "Das war viel auf einmal. Versuchen Sie es etwas später wieder.",
  choose: "Bitte wählen Sie eine der fünf.",
  failed: "Das kam nicht bei uns an. Nichts ist verloren: Senden Sie es noch einmal.",
};
const ar: RateWords = {
  title: "كيف كانت خدمتنا؟",
  score: "تقييمك",
  scores: ["غير راضٍ إطلاقًا", "غير راضٍ", "محايد", "راضٍ", "راضٍ جدًا"],
  comment: "ما الذي أعجبك، وما الذي يمكن تحسينه؟",
  optional: "اختياري",
  send: "إرسال التقييم",
  sending: "جارٍ الإرسال",
  thanks: "شكرًا لك",
  changeable: "وصلنا تقييمك. يمكنك تغييره خلال 7 أيام، ويمكنك إغلاق هذه الصفحة.",
  tooOld: "هذا الرابط قديم جدًا.",
  notValid: "هذا الرابط لا يعمل. انسخ العنوان كاملًا من الرسالة.",
  notSolved: "طلبك مفتوح من جديد. يمكنك تقييمه بعد حلّه.",
  stands: "قيّمت هذا الطلب قبل أكثر من 7 أيام، ويبقى التقييم كما هو.",
  tooMany: "محاولات كثيرة دفعة واحدة. حاول مرة أخرى بعد قليل.",
  choose: "اختر واحدًا من الخمسة من فضلك.",
  failed: "لم يصلنا ذلك. لم يضِع شيء: أرسله مرة أخرى.",
};

export const rateWords = { en, de, ar };
export type RateLanguage = keyof typeof rateWords;
export const rateLanguages = ["en", "de", "ar"] as const;
