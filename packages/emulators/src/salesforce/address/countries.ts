/** Countries of the default table of address picklists, ISO 3166-1 alpha-2. */
const CODES =
  "AD AE AF AG AI AL AM AO AQ AR AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GW GY HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MK ML MM MN MO MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PS PT PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG US UY UZ VA VC VE VG VN VU WF WS YE ZA ZM ZW";

/** Where the table says it in the style of ISO, not as people do. */
const NAMES: Readonly<Record<string, string>> = {
  BN: "Brunei Darussalam", BO: "Bolivia, Plurinational State of", CD: "Congo, the Democratic Republic of the", CI: "Cote d'Ivoire",
  CZ: "Czech Republic", FK: "Falkland Islands (Malvinas)", IR: "Iran, Islamic Republic of", KP: "Korea, Democratic People's Republic of",
  KR: "Korea, Republic of", LA: "Lao People's Democratic Republic", MD: "Moldova, Republic of", MM: "Myanmar", MO: "Macao",
  PS: "Palestine", RU: "Russian Federation", SY: "Syrian Arab Republic", TR: "Turkey", TW: "Taiwan",
  TZ: "Tanzania, United Republic of", VA: "Holy See (Vatican City State)", VE: "Venezuela, Bolivarian Republic of", VN: "Viet Nam",
};

const english = new Intl.DisplayNames(["en"], { type: "region" });

/** Integration values by code, in the order of picklists. */
export const countries: ReadonlyMap<string, string> = new Map(
  CODES.split(" ").map((code) => [code, NAMES[code] ?? english.of(code) ?? code]),
);
