import type { DemoCountry } from "./demo-country.ts";

/** Two hundred letters, all of them one given name. */
const LONG_GIVEN_NAME = `${"Maximiliana".repeat(18)}Ma`;

export const EUROPEAN_COUNTRIES: readonly DemoCountry[] = [
  {
    code: "FR",
    locale: "fr-FR",
    collectionPoints: ["paris-flagship", "web-fr"],
    till: "lyon-till",
    // ARCEP keeps 01 99 00 for works of fiction.
    phonePrefix: "+331990000",
    address: { streetAddress: "rue de l'Exemple", locality: "Paris", postalCode: "75001" },
    people: [
      ["Inès", "Moreau", "ines"], ["Chloé", "Lefèvre", "chloe.lefevre"], ["Zoé", "Garçon", "zoe.garcon"],
      ["Noël", "D'Exemple", "noel.dexemple"], ["Anaïs", "Bœuf", "anais.boeuf"], ["Jean-René", "Le Goff", "jr.legoff"],
      ["Maëlle", "Fictif", "maelle.fictif"], ["Loïc", "Ruisseau", "loic.ruisseau"], ["Éloïse", "Châtaigne", "eloise"],
      ["Théo", "Clairière", "theo.clairiere"], ["Aÿmeric", "Dupré", "aymeric.dupre"], ["Gaëtan", "Noisette", "gaetan"],
      ["Hélène", "Sûreté", "helene.surete"], ["Françoise", "Pomme", "francoise.pomme"], ["Clément", "Reçu", "clement.recu"],
    ],
  },
  {
    code: "DE",
    locale: "de-DE",
    collectionPoints: ["berlin-mitte", "web-de"],
    till: "hamburg-till",
    // Bundesnetzagentur, Mitteilung 148/2021: 030 23125-000 to -999 are drama numbers.
    phonePrefix: "+4930231250",
    address: { streetAddress: "Beispielstraße", locality: "Berlin", postalCode: "10115" },
    people: [
      ["Jürgen", "Müßig", "juergen.muessig"], ["Käthe", "Größl", "kaethe.groessl"], ["Björn", "Schäfer", "bjoern.schaefer"],
      ["Anneliese", "Muster", "anneliese.muster"], ["Lötte", "Überall", "loette.ueberall"], ["Sören", "Weiß", "soeren.weiss"],
      [LONG_GIVEN_NAME, "Langer", "langer"], ["Ursula", "Kräuter", "ursula.kraeuter"], ["Günther", "Bächle", "guenther"],
      ["Heike", "Straßer", "heike.strasser"], ["Ömer", "Yıldız", "oemer.yildiz"], ["Friederike", "Blümel", "friederike"],
      ["Mäx", "Probe", "maex.probe"], ["Elfriede", "Nußbaum", "elfriede.nussbaum"], ["Jörg", "Vöglein", "joerg.voeglein"],
    ],
  },
  {
    code: "IT",
    locale: "it-IT",
    collectionPoints: ["milano-duomo", "web-it"],
    till: "torino-till",
    address: { streetAddress: "via dell'Esempio", locality: "Milano", postalCode: "20121" },
    people: [
      ["Niccolò", "Esempio", "niccolo.esempio"], ["Ilaria", "De' Rossi", "ilaria.derossi"], ["Zoè", "Fantasia", "zoe.fantasia"],
      ["Nicolò", "Prova", "nicolo.prova"], ["Rosalìa", "Cioccolato", "rosalia"], ["Gianluca", "Perché", "gianluca.perche"],
      ["Mattìa", "Nuvola", "mattia.nuvola"], ["Chiara", "Dell'Orto", "chiara.dellorto"], ["Fabìola", "Sole", "fabiola.sole"],
      ["Giosuè", "Mare", "giosue.mare"], ["Letìzia", "Bosco", "letizia.bosco"], ["Carlà", "Fiume", "carla.fiume"],
      ["Ugo", "Collina", "ugo.collina"], ["Noemì", "Sasso", "noemi.sasso"], ["Piero", "D'Alba", "piero.dalba"],
    ],
  },
  {
    code: "ES",
    locale: "es-ES",
    collectionPoints: ["madrid-serrano", "web-es"],
    till: "sevilla-till",
    address: { streetAddress: "calle del Ejemplo", locality: "Madrid", postalCode: "28001" },
    people: [
      ["Begoña", "Muñoz Ejemplo", "begona.munoz"], ["Íñigo", "Peñalver", "inigo.penalver"], ["Núria", "Llull", "nuria.llull"],
      ["Ángel", "Ñandú", "angel.nandu"], ["Concepción", "Prueba", "concepcion"], ["Jesús", "Güell", "jesus.guell"],
      ["María José", "Cigüeña", "mj.ciguena"], ["Ramón", "Ficticio", "ramon.ficticio"], ["Sofía", "Pingüino", "sofia.pinguino"],
      ["Óscar", "Montaña", "oscar.montana"], ["Lucía", "Arroyo", "lucia.arroyo"], ["Iñaki", "Zubía", "inaki.zubia"],
      ["Mónica", "Caña", "monica.cana"], ["Andrés", "Otoño", "andres.otono"], ["Belén", "Sueño", "belen.sueno"],
    ],
  },
  {
    code: "GB",
    locale: "en-GB",
    collectionPoints: ["london-bond-street", "web-gb"],
    till: "leeds-till",
    // Ofcom keeps 07700 900000 to 900999 for drama.
    phonePrefix: "+4477009000",
    address: { streetAddress: "Example Road", locality: "London", postalCode: "ZZ99 9ZZ" },
    people: [
      ["Siân", "Example", "sian.example"], ["Aoife", "O'Sample", "aoife.osample"], ["Callum", "MacTest", "callum.mactest"],
      ["Zoë", "St. Placeholder", "zoe.placeholder"], ["Gwenllïan", "ap Rhŷs", "gwenllian"], ["Imogen", "Smith-Example", "imogen"],
      ["Oluwaseun", "Adéyẹmí", "oluwaseun"], ["Harriet", "Fiction", "harriet.fiction"], ["Rhys", "Penfold-Sample", "rhys"],
      ["Beatrix", "Hollow", "beatrix.hollow"], ["Dougal", "Brae", "dougal.brae"], ["Priya", "Samplewala", "priya"],
      ["Alfie", "Mockingham", "alfie.mockingham"], ["Niamh", "Dummy", "niamh.dummy"], ["Edith", "Nonesuch", "edith.nonesuch"],
    ],
  },
  {
    code: "RU",
    locale: "ru-RU",
    collectionPoints: ["moscow-gum", "web-ru"],
    till: "kazan-till",
    address: { streetAddress: "ул. Примерная", locality: "Москва", postalCode: "101000" },
    people: [
      ["Фёдор", "Примеров", "fedor.primerov"], ["Юлия", "Образцова", "yulia.obraztsova"], ["Щукарь", "Выдумкин", "shchukar"],
      ["Алёна", "Тестова", "alyona.testova"], ["Игорь", "Подъёмный", "igor.podyomny"], ["Наталья", "Ёлкина", "natalya.yolkina"],
      ["Семён", "Вымышленный", "semyon"], ["Эльвира", "Хрусталёва", "elvira"], ["Юрий", "Жёлудев", "yuri.zheludev"],
      ["Зоя", "Ясная", "zoya.yasnaya"], ["Тимур", "Шуточкин", "timur.shutochkin"], ["Ярослава", "Цветкова", "yaroslava"],
      ["Глеб", "Чайников", "gleb.chaynikov"], ["Вера", "Объёмная", "vera.obyomnaya"], ["Пётр", "Эскизов", "pyotr.eskizov"],
    ],
  },
];
