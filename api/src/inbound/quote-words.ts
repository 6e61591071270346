/** What begins a quoted mail, in the words of mail programs. Lines are short and each pattern looks at one, from its beginning. */

/** "-----Original Message-----" */
export const originalMark =
  /^\s*[-_*]{2,}\s*(original (message|appointment)|forwarded message|urspr(ü|ue)ngliche nachricht|weitergeleitete nachricht|message d['’]origine|message original|message transféré|mensaje original|mensaje reenviado|mensagem original|messaggio originale|oorspronkelijk bericht|oprindelig meddelelse|ursprungligt meddelande|oryginalna wiadomość|исходное сообщение|元のメッセージ|原始邮件|원본 메시지|الرسالة الأصلية)\s*[-_*]{2,}\s*$/iu;

/** "From:" of the block that Outlook puts above what it quotes, and the lines that follow it. */
export const blockFrom =
  /^\s*\*{0,2}(from|von|de|da|van|från|fra|od|от|kimden|差出人|送信者|发件人|寄件者|보낸 사람|من)\s?[:：]\*{0,2}\s?\S/iu;
export const blockRest =
  /^\s*\*{0,2}(sent|date|to|cc|subject|gesendet|datum|an|betreff|envoyé|à|objet|date|enviado( el)?|para|asunto|fecha|enviada em|data|assunto|inviato|a|oggetto|verzonden|aan|onderwerp|skickat|till|ämne|wysłano|do|temat|отправлено|кому|тема|送信日時|日時|宛先|件名|发送时间|收件人|主题|보낸 날짜|받는 사람|제목|تاريخ الإرسال|التاريخ|إلى|الموضوع)\s?[:：]/iu;

/** "On …, somebody wrote:" with the word last or, as in German and Japanese, further ahead. Up to three lines, joined. */
export const wrote =
  /(\b(wrote|schrieb|a écrit|escribió|escreveu|ha scritto|schreef|skrev|napisał\(?a?\)?|kirjoitti|yazdı)\b|написал\(?а?\)?|пишет|のメッセージ|さん?は書きました|が書きました|wrote|写道|寫道|님이 작성|كتب(ت)?)[^\n]{0,200}[:：]\s*$/iu;
/** How such a line begins. */
export const wroteStart =
  /^\s*(on|am|le|el|em|il|op|den|w dniu|dnia|pe|ma|ti|ke|to|la|su|в|пн|вт|ср|чт|пт|сб|вс|在|في|\d{1,4}[-./年]|[\p{L} .'’"-]{1,60}<[^>]+>)/iu;

/** What stands before a signature, or is one that a telephone made. */
export const signatureMark = /^(-- ?|—|__+)$/;
export const deviceMark =
  /^\s*(sent from (my )?\S.{0,60}|get outlook for .{1,60}|von meinem .{1,40} gesendet|gesendet (mit|von|aus|über) .{1,60}|diese nachricht wurde von .{1,80} gesendet|envoyé (de|depuis|à partir de) .{1,60}|télécharger outlook pour .{1,60}|enviado desde .{1,60}|enviado (do|a partir do|de) (meu|mi) .{1,60}|obtener outlook para .{1,60}|obter o outlook para .{1,60}|inviato da .{1,60}|verzonden vanaf .{1,60}|iphoneから送信|.{1,30}から送信|отправлено с .{1,60}|发自我的.{1,30}|أُ?رسلت? من .{1,60})\s*$/iu;
