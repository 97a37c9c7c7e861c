import type { NoticeConfiguration } from "@volenti/core";

/** First layer and text by locale: what people in each country read before they decide. */
const TEXTS: Readonly<Record<string, readonly [firstLayer: string, text: string]>> = {
  "fr-FR": [
    "Vos données servent à gérer votre compte fidélité. Le reste dépend de vos choix.",
    "Maison Exemple utilise votre nom, votre e-mail et votre langue pour votre compte fidélité. Avec votre accord : actualités par e-mail ou SMS, offres personnelles. Vous pouvez retirer votre accord à tout moment.",
  ],
  "de-DE": [
    "Ihre Daten dienen Ihrem Kundenkonto. Alles Weitere entscheiden Sie.",
    "Maison Exemple nutzt Ihren Namen, Ihre E-Mail-Adresse und Ihre Sprache für Ihr Kundenkonto. Mit Ihrer Einwilligung: Neuigkeiten per E-Mail oder SMS, persönliche Angebote. Sie können Ihre Einwilligung jederzeit widerrufen.",
  ],
  "it-IT": [
    "I tuoi dati servono a gestire il tuo conto fedeltà. Il resto lo scegli tu.",
    "Maison Exemple usa il tuo nome, la tua e-mail e la tua lingua per il conto fedeltà. Con il tuo consenso: novità via e-mail o SMS, offerte personali. Puoi revocare il consenso in qualsiasi momento.",
  ],
  "es-ES": [
    "Sus datos sirven para gestionar su cuenta de fidelidad. Lo demás lo decide usted.",
    "Maison Exemple usa su nombre, su correo y su idioma para su cuenta de fidelidad. Con su consentimiento: novedades por correo o SMS y ofertas personales. Puede retirar su consentimiento en cualquier momento.",
  ],
  "en-GB": [
    "We use your details to run your loyalty account. The rest is up to you.",
    "Maison Exemple uses your name, e-mail address and language for your loyalty account. If you agree: news by e-mail or SMS, personal offers. You can change your mind at any time.",
  ],
  "en-US": [
    "We use your details to run your loyalty account. You can opt out of sale or sharing.",
    "Maison Exemple uses your name, e-mail address and language for your loyalty account. If you agree: news by e-mail or text message, personal offers. Do not sell or share my personal information: say so at any time.",
  ],
  "ja-JP": [
    "お客様の情報は会員サービスの運営に利用します。それ以外はお客様が選べます。",
    "Maison Exempleは、お名前、メールアドレス、言語を会員サービスのために利用します。同意をいただいた場合に限り、メールやSMSでのお知らせ、お客様に合わせたご案内をお送りします。同意はいつでも撤回できます。",
  ],
  "ko-KR": [
    "고객님의 정보는 멤버십 운영에 사용됩니다. 그 밖의 이용은 고객님이 선택합니다.",
    "Maison Exemple은 멤버십 운영을 위해 이름, 이메일, 언어를 사용합니다. 동의하신 경우에만 이메일 또는 문자 소식과 맞춤 혜택을 보내 드립니다. 동의는 언제든지 철회할 수 있습니다.",
  ],
  "pt-BR": [
    "Seus dados servem para manter sua conta de fidelidade. O resto você decide.",
    "A Maison Exemple usa seu nome, e-mail e idioma para a conta de fidelidade. Com o seu consentimento: novidades por e-mail ou SMS e ofertas pessoais. Você pode revogar o consentimento a qualquer momento.",
  ],
  "ar-AE": [
    "نستخدم بياناتك لإدارة حساب الولاء الخاص بك، وما عدا ذلك فهو اختيارك.",
    "تستخدم ميزون إكزامبل اسمك وبريدك الإلكتروني ولغتك لإدارة حساب الولاء. وبموافقتك فقط نرسل الأخبار بالبريد الإلكتروني أو الرسائل النصية والعروض الشخصية. ويمكنك سحب موافقتك في أي وقت.",
  ],
  "ru-RU": [
    "Ваши данные нужны для вашей карты лояльности. Остальное решаете вы.",
    "Maison Exemple использует ваше имя, адрес электронной почты и язык для карты лояльности. С вашего отдельного согласия: новости по почте или СМС, персональные предложения. Согласие можно отозвать в любое время.",
  ],
  "zh-CN": [
    "您的信息用于管理您的会员账户，其余由您决定。",
    "Maison Exemple 使用您的姓名、电子邮箱和语言来管理会员账户。经您单独同意，我们才会通过邮件或短信发送资讯、提供个性化优惠。您可以随时撤回同意。",
  ],
};

/** Version 3 of the notice that people sign up under, in twelve locales. */
export const demoNotices: readonly NoticeConfiguration[] = Object.entries(TEXTS).map(([locale, [firstLayer, text]]) => ({
  id: "signup",
  version: "3",
  locale,
  purposes: ["loyalty", "marketing.email", "marketing.sms", "sale", "profiling"],
  standalone: true,
  firstLayer,
  text,
  policyUrl: `https://example.com/${locale.slice(0, 2)}/privacy`,
}));
