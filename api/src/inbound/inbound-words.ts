/** What a taken mail's comment says of itself, in the site's language. */
interface InboundWords {
  /** The comment of a mail that brought files and no words. */
  noText: string;
  /** Stands before the names of files that were not taken. */
  notTaken: string;
  tooLarge: string;
  wrongType: string;
  infected: string;
  unreadable: string;
  tooMany: string;
  notAccepted: string;
  /** Stands below a text that goes on in a file. */
  goesOn: string;
  noSubject: string;
}

const words: Record<string, InboundWords> = {
  en: {
    noText: "(no text)",
    notTaken: "Not taken from the mail",
    tooLarge: "too large",
    wrongType: "this type is not accepted",
    infected: "infected",
    unreadable: "cannot be read",
    tooMany: "too many files",
    notAccepted: "files are not accepted",
    goesOn: "The mail goes on in the file mail.txt.",
    noSubject: "(no subject)",
  },
  de: {
    noText: "(kein Text)",
    notTaken: "Aus der Mail nicht übernommen",
    tooLarge: "zu groß",
    wrongType: "dieser Typ wird nicht angenommen",
    infected: "infiziert",
    unreadable: "nicht lesbar",
    tooMany: "zu viele Dateien",
    notAccepted: "Dateien werden nicht angenommen",
    goesOn: "Die Mail geht in der Datei mail.txt weiter.",
    noSubject: "(kein Betreff)",
  },
  fr: {
    noText: "(sans texte)",
    notTaken: "Non repris de l’e-mail",
    tooLarge: "trop volumineux",
    wrongType: "ce type n’est pas accepté",
    infected: "infecté",
    unreadable: "illisible",
    tooMany: "trop de fichiers",
    notAccepted: "les fichiers ne sont pas acceptés",
    goesOn: "La suite de l’e-mail est dans le fichier mail.txt.",
    noSubject: "(sans objet)",
  },
  es: {
    noText: "(sin texto)",
    notTaken: "No se tomó del correo",
    tooLarge: "demasiado grande",
    wrongType: "este tipo no se acepta",
    infected: "infectado",
    unreadable: "no se puede leer",
    tooMany: "demasiados archivos",
    notAccepted: "no se aceptan archivos",
    goesOn: "El correo continúa en el archivo mail.txt.",
    noSubject: "(sin asunto)",
  },
  pt: {
    noText: "(sem texto)",
    notTaken: "Não aproveitado do e-mail",
    tooLarge: "grande demais",
    wrongType: "este tipo não é aceito",
    infected: "infectado",
    unreadable: "não pode ser lido",
    tooMany: "arquivos demais",
    notAccepted: "arquivos não são aceitos",
    goesOn: "O e-mail continua no arquivo mail.txt.",
    noSubject: "(sem assunto)",
  },
  ja: {
    noText: "（本文なし）",
    notTaken: "メールから取り込まれなかったもの",
    tooLarge: "大きすぎます",
    wrongType: "この種類は受け付けていません",
    infected: "感染しています",
    unreadable: "読み取れません",
    tooMany: "ファイルが多すぎます",
    notAccepted: "ファイルは受け付けていません",
    goesOn: "メールの続きは mail.txt にあります。",
    noSubject: "（件名なし）",
  },
  ar: {
    noText: "(بلا نص)",
    notTaken: "لم يؤخذ من الرسالة",
    tooLarge: "كبير جدًا",
    wrongType: "هذا النوع غير مقبول",
    infected: "مصاب",
    unreadable: "تتعذر قراءته",
    tooMany: "ملفات كثيرة جدًا",
    notAccepted: "الملفات غير مقبولة",
    goesOn: "تتمة الرسالة في الملف mail.txt.",
    noSubject: "(بلا موضوع)",
  },
};

export const inboundWords = (locale: string): InboundWords => words[locale.split("-")[0] ?? ""] ?? words["en"]!;
export type RefusedFile = keyof Pick<
  InboundWords,
  "tooLarge" | "wrongType" | "infected" | "unreadable" | "tooMany" | "notAccepted"
>;
