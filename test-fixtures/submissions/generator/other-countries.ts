import type { DemoCountry } from "./demo-country.ts";

export const OTHER_COUNTRIES: readonly DemoCountry[] = [
  {
    code: "US",
    locale: "en-US",
    collectionPoints: ["new-york-soho", "web-us"],
    till: "chicago-till",
    // 555-0100 to 555-0199 are kept for fiction in every area code.
    phonePrefix: "+120255501",
    address: { streetAddress: "Example Avenue", locality: "Springfield", postalCode: "00000" },
    people: [
      ["Mina", "O", "mina.o"], ["José", "Sample", "jose.sample"], ["Renée", "Placeholder", "renee.placeholder"],
      ["D'Andre", "Example", "dandre.example"], ["Kaʻiulani", "Mock", "kaiulani.mock"], ["Beyza", "Testerson", "beyza"],
      ["Zach", "Fictional III", "zach.fictional"], ["Ana María", "Dummy-Lee", "ana.dummylee"], ["Wren", "Noname", "wren"],
      ["Silas", "Anywhere", "silas.anywhere"], ["Tallulah", "Somebody", "tallulah"], ["Ezra", "Whoever", "ezra.whoever"],
      ["Björk-Lynn", "Sampleton", "bjorklynn"], ["Maeve", "Exampleford", "maeve"], ["Otis", "Nobody", "otis.nobody"],
    ],
  },
  {
    code: "BR",
    locale: "pt-BR",
    collectionPoints: ["sao-paulo-jardins", "web-br"],
    till: "recife-till",
    address: { streetAddress: "rua do Exemplo", locality: "São Paulo", postalCode: "01000-000" },
    people: [
      ["João", "da Ficção", "joao.ficcao"], ["Conceição", "Exemplo", "conceicao"], ["Antônia", "Gonçalves Teste", "antonia"],
      ["Luís", "Amanhã", "luis.amanha"], ["Mônica", "Pão", "monica.pao"], ["Sebastião", "Coração", "sebastiao"],
      ["Thaís", "Maçã", "thais.maca"], ["Vinícius", "Limão", "vinicius.limao"], ["Fabrício", "Avião", "fabricio.aviao"],
      ["Débora", "Irmã", "debora.irma"], ["Caetana", "Fogão", "caetana.fogao"], ["Íris", "Manhã", "iris.manha"],
      ["Otávio", "Sertão", "otavio.sertao"], ["Zélia", "Canção", "zelia.cancao"], ["Antenor", "Verão", "antenor.verao"],
    ],
  },
  {
    code: "AE",
    locale: "ar-AE",
    collectionPoints: ["dubai-mall", "web-ae"],
    till: "sharjah-till",
    address: { streetAddress: "شارع المثال", locality: "دبي", postalCode: "00000" },
    people: [
      ["ليلى", "المثال", "layla.almithal"], ["عُمر", "التجريبي", "omar.altajribi"], ["نورة", "الخيالية", "noura"],
      ["سالم", "النموذجي", "salem.alnamudhaji"], ["فاطمة", "العيّنة", "fatima.alayyina"], ["خالد", "الوهمي", "khalid.alwahmi"],
      ["مريم", "الاختبار", "maryam"], ["راشد", "المسودة", "rashid.almuswadda"], ["هند", "القصة", "hind.alqissa"],
      ["زايد", "الرواية", "zayed.alriwaya"], ["عائشة", "الحكاية", "aisha.alhikaya"], ["سيف", "المُتخيَّل", "saif"],
      ["شمّة", "البيان", "shamma.albayan"], ["حمد", "الورقة", "hamad.alwaraqa"], ["موزة", "القلم", "moza.alqalam"],
    ],
  },
  {
    code: "CN",
    locale: "zh-CN",
    collectionPoints: ["shanghai-xintiandi", "web-cn"],
    till: "chengdu-till",
    address: { streetAddress: "示例路", locality: "上海", postalCode: "200000" },
    people: [
      ["小明", "示", "xiaoming"], ["娜", "虚", "小娜"], ["志强", "范例", "zhiqiang"], ["雨桐", "测", "yutong"],
      ["𠮷祥", "样", "jixiang"], ["子涵", "构", "zihan"], ["佳怡", "欧阳", "jiayi"], ["浩然", "假", "haoran"],
      ["思琪", "模", "siqi"], ["梓睿", "试", "zirui"], ["欣妍", "诸葛", "xinyan"], ["宇航", "例", "yuhang"],
      ["诗涵", "拟", "shihan"], ["俊杰", "想", "junjie"], ["梦洁", "空", "mengjie"],
    ],
  },
  {
    code: "JP",
    locale: "ja-JP",
    collectionPoints: ["tokyo-ginza", "web-jp"],
    till: "osaka-till",
    address: { streetAddress: "例示1丁目", locality: "千代田区", postalCode: "100-0000" },
    people: [
      ["花子", "見本", "hanako.mihon"], ["さくら", "例文", "sakura.reibun"], ["タロウ", "サンプル", "taro.sample"],
      ["ゆきえ", "試験", "yukie.shiken"], ["健二", "架空", "kenji.kaku"], ["みどり", "仮名", "midori.kamei"],
      ["翔", "物語", "sho.monogatari"], ["エリカ", "テスト", "erika.test"], ["あおい", "空想", "aoi.kuso"],
      ["𠮷太郎", "髙﨑", "yoshitaro"], ["まりこ", "書式", "mariko.shoshiki"], ["リョウ", "メモ", "ryo.memo"],
      ["なつみ", "絵本", "natsumi.ehon"], ["五郎", "雛形", "goro.hinagata"], ["つばさ", "夢野", "tsubasa.yumeno"],
    ],
  },
  {
    code: "KR",
    locale: "ko-KR",
    collectionPoints: ["seoul-cheongdam", "web-kr"],
    till: "busan-till",
    address: { streetAddress: "예시로", locality: "서울", postalCode: "00000" },
    people: [
      ["예시", "김", "yesi.kim"], ["보기", "이", "bogi.lee"], ["하늘", "박", "haneul.park"], ["가상", "최", "gasang.choe"],
      ["시험", "정", "siheom.jeong"], ["별", "남궁", "byeol.namgung"], ["보름", "황보", "boreum.hwangbo"], ["이야기", "강", "iyagi.kang"],
      ["여름", "조", "yeoreum.jo"], ["가을", "윤", "gaeul.yun"], ["소설", "장", "soseol.jang"], ["이름", "임", "ireum.im"],
      ["바다", "한", "bada.han"], ["구름", "오", "gureum.oh"], ["나무", "서", "namu.seo"],
    ],
  },
];
