import type { MailWords } from "./mail-words.ts";

export const ja: MailWords = {
  stop: "このメールの配信を停止する",
  somebody: "担当者",
  statuses: {
    open: "受付済み",
    in_progress: "対応中",
    waiting_customer: "ご返信待ち",
    waiting_ai: "回答を探しています",
    resolved: "解決済み",
    closed: "終了",
  },
  priorities: { low: "低", medium: "中", high: "高", critical: "緊急" },
  facts: { ticket: "番号", customer: "送信者", priority: "優先度", due: "初回回答の期限" },
  received: {
    subject: "お問い合わせを受け付けました: {subject} [{number}]",
    heading: "お問い合わせを受け付けました",
    text: "「{subject}」を受け取りました。受付番号は {number} です。",
    due: "{time}（{zone}）までに回答いたします。多くの場合はそれより早くお返事します。",
    soon: "できるだけ早く回答いたします。",
    reason:
      "このメールは、あなたのアドレスで {site} にお問い合わせがあったためお送りしています。上のリンクはあなた専用です。他の人に渡さないでください。",
  },
  replied: {
    subject: "新しい回答: {subject} [{number}]",
    heading: "{by} から回答がありました",
    text: "お問い合わせ「{subject}」（{number}）に新しい回答があります。",
    preview: "お問い合わせ {number} に {by} から回答がありました。",
    answer: "返信する",
    read: "回答を読む",
  },
  status: { text: "お問い合わせ「{subject}」（{number}）は現在「{status}」です。" },
  solved: {
    subject: "解決済み: {subject} [{number}]",
    heading: "解決しました。いかがでしたか？",
    text: "お問い合わせ「{subject}」（{number}）は解決しました。",
    preview: "お問い合わせ {number} は解決しました。いかがでしたか？",
    ask: "ワンクリックで評価できます。ひとこと添えていただけると助かります。まだ解決していない場合は、お問い合わせいただいた場所でそのまま返信してください。",
    button: "回答を評価する",
  },
  notice: { open: "開く", reason: "このメールは、{site} からお客様のアカウントについてお知らせするものです。" },
  digest: {
    subject: "{site} からの新着 {count} 件",
    heading: "新着が {count} 件あります",
    text: "前回のメール以降に届いた内容です。",
    reason:
      "{site} からのお知らせをまとめて受け取る設定のため、このメールをお送りしています。上のリンクはご本人専用です。ほかの方に渡さないでください。",
    staffReason: "{site} のスタッフで、メールをまとめて受け取る設定のため、このメールをお送りしています。",
  },
  customer: {
    open: "お問い合わせを開く",
    reason:
      "このメールは、{site} にお問い合わせいただいたためお送りしています。上のリンクはあなた専用です。他の人に渡さないでください。",
    endpoint: "このメールは、{site} にあなたのエンドポイントがあるためお送りしています。",
  },
  staff: {
    open: "チケットを開く",
    reason: "このメールは、あなたが {site} のスタッフであるためお送りしています。",
    webhooks: "Webhook を開く",
  },
  assigned: {
    subject: "あなたが担当です: {subject} [{number}]",
    heading: "あなた宛てのチケット",
    text: "{by} が「{subject}」をあなたに割り当てました。",
  },
  team: {
    subject: "{team} 宛て: {subject} [{number}]",
    heading: "{team} 宛てのチケット",
    text: "{by} が「{subject}」をあなたのチームに割り当てました。",
  },
  customerReplied: {
    subject: "新しい返信: {subject} [{number}]",
    heading: "{by} から返信がありました",
    text: "「{subject}」に新しい返信があります。",
  },
  mentioned: {
    subject: "メンションされました: {subject} [{number}]",
    heading: "{by} があなたをメンションしました",
    text: "{by} が「{subject}」のメモであなたをメンションしました。",
  },
  warning: {
    subject: "まもなく期限: {subject} [{number}]",
    heading: "回答の期限が近づいています",
    text: "「{subject}」への初回回答の期限は {time}（{zone}）です。",
  },
  breached: {
    subject: "期限切れ: {subject} [{number}]",
    heading: "回答が遅れています",
    text: "「{subject}」への初回回答の期限は {time}（{zone}）でした。",
  },
  webhook: {
    exhausted: {
      subject: "{host} への Webhook を配信できませんでした",
      text: "すべての試行が失敗しました。理由はログにあり、そこから再送できます。",
    },
    halfway: {
      subject: "{host} への Webhook が失敗し続けています",
      text: "2 日半のあいだ何も届いていません。さらに 2 日半続くと無効になります。",
    },
    disabled: {
      subject: "{host} への Webhook が無効になりました",
      text: "その間の出来事は保留されます。再び有効にすると配信されます。",
    },
  },
  invitation: {
    subject: "Sidedesk で {site} に招待されました",
    heading: "{site} へようこそ",
    text: "{name} さん、あなたは {site} のサポートスタッフに加わりました。パスワードを決めると、このメールアドレスでサインインできます。",
    preview: "パスワードを決めてサインインしてください。",
    once: "リンクは一度だけ、7 日間有効です。",
    button: "パスワードを決める",
    reason:
      "このメールは、{site} のオーナーまたは管理者があなたを招待したためお送りしています。心当たりがなければ無視してください。",
  },
  reset: {
    subject: "{site} の新しいパスワード",
    heading: "新しいパスワードを決める",
    text: "{name} さん、{site} のアカウントの新しいパスワードが求められました。決めるまでは今のパスワードが使えます。",
    once: "リンクは一度だけ、1 時間有効です。",
    button: "新しいパスワードを決める",
    reason: "心当たりがなければ、このメールは無視してください。何も変わりません。",
  },
  test: {
    subject: "{site} からのテスト",
    heading: "メールは正しく届いています",
    text: "{site} のメールが届くことと見た目を確かめるため、{name} が設定画面から送信しました。",
    reason: "このメールは、あなたが送信を求めたためお送りしています。",
  },
  stopPage: {
    title: "メールの停止",
    ask: "このメールを停止しますか？",
    which: "この種類のメール: {types}",
    customer: "回答は、お問い合わせを送った場所でこれまでどおり読めます。",
    staff: "コンソールではこれまでどおりすべてご覧になれます。",
    button: "メールを停止する",
    done: "完了しました",
    stopped: "この種類のメールは今後お送りしません: {types}。このページは閉じてかまいません。",
    again: "メールを再開する",
    resumed: "この種類のメールの配信を再開しました: {types}。このページは閉じてかまいません。",
    settings: "すべての通知設定",
    notValid: "このリンクは使えません",
    elsewhere:
      "リンクが不完全か、古くなっています。受け取るメールは、通知設定、または新しいメールのリンクから選べます。",
  },
  types: {
    ticket: "お問い合わせ",
    billing: "請求",
    compliance: "コンプライアンス",
    alert: "アラート",
    info: "お知らせ",
  },
  sample: {
    subject: "3 月分の請求書がありません",
    answer:
      "リンドクヴィスト様\n\n請求書をアカウントに追加しました。\n\n- **お支払い** を開く\n- *3 月* を選ぶ\n\nほかに足りないものがあればお知らせください。",
    notice: "3 月分の請求書をご用意しました。お支払い期限は 2 週間以内です。",
    customer: "Mara Lindqvist",
    staff: "Kim Aldous",
    team: "請求",
  },
};
