/** States of the countries that have some in the default table: `code:integration value`. */
const TABLE: Readonly<Record<string, string>> = {
  AU: "ACT:Australian Capital Territory|NSW:New South Wales|NT:Northern Territory|QLD:Queensland|SA:South Australia|TAS:Tasmania|VIC:Victoria|WA:Western Australia",
  BR: "AC:Acre|AL:Alagoas|AP:Amapá|AM:Amazonas|BA:Bahia|CE:Ceará|DF:Distrito Federal|ES:Espírito Santo|GO:Goiás|MA:Maranhão|MT:Mato Grosso|MS:Mato Grosso do Sul|MG:Minas Gerais|PA:Pará|PB:Paraíba|PR:Paraná|PE:Pernambuco|PI:Piauí|RJ:Rio de Janeiro|RN:Rio Grande do Norte|RS:Rio Grande do Sul|RO:Rondônia|RR:Roraima|SC:Santa Catarina|SP:São Paulo|SE:Sergipe|TO:Tocantins",
  CA: "AB:Alberta|BC:British Columbia|MB:Manitoba|NB:New Brunswick|NL:Newfoundland and Labrador|NT:Northwest Territories|NS:Nova Scotia|NU:Nunavut|ON:Ontario|PE:Prince Edward Island|QC:Quebec|SK:Saskatchewan|YT:Yukon Territories",
  CN: "34:Anhui|11:Beijing|71:Chinese Taipei|50:Chongqing|35:Fujian|62:Gansu|44:Guangdong|45:Guangxi|52:Guizhou|46:Hainan|13:Hebei|23:Heilongjiang|41:Henan|91:Hong Kong|42:Hubei|43:Hunan|32:Jiangsu|36:Jiangxi|22:Jilin|21:Liaoning|92:Macao|15:Nei Mongol|64:Ningxia|63:Qinghai|61:Shaanxi|37:Shandong|31:Shanghai|14:Shanxi|51:Sichuan|12:Tianjin|65:Xinjiang|54:Xizang|53:Yunnan|33:Zhejiang",
  IE: "CW:Carlow|CN:Cavan|CE:Clare|CO:Cork|DL:Donegal|D:Dublin|G:Galway|KY:Kerry|KE:Kildare|KK:Kilkenny|LS:Laois|LM:Leitrim|LK:Limerick|LD:Longford|LH:Louth|MO:Mayo|MH:Meath|MN:Monaghan|OY:Offaly|RN:Roscommon|SO:Sligo|TA:Tipperary|WD:Waterford|WH:Westmeath|WX:Wexford|WW:Wicklow",
  IN: "AN:Andaman and Nicobar Islands|AP:Andhra Pradesh|AR:Arunachal Pradesh|AS:Assam|BR:Bihar|CH:Chandigarh|CT:Chhattisgarh|DL:Delhi|GA:Goa|GJ:Gujarat|HR:Haryana|HP:Himachal Pradesh|JK:Jammu and Kashmir|JH:Jharkhand|KA:Karnataka|KL:Kerala|LD:Lakshadweep|MP:Madhya Pradesh|MH:Maharashtra|MN:Manipur|ML:Meghalaya|MZ:Mizoram|NL:Nagaland|OR:Odisha|PY:Puducherry|PB:Punjab|RJ:Rajasthan|SK:Sikkim|TN:Tamil Nadu|TR:Tripura|UT:Uttarakhand|UP:Uttar Pradesh|WB:West Bengal",
  IT: "AG:Agrigento|AL:Alessandria|AN:Ancona|AO:Aosta|AR:Arezzo|AP:Ascoli Piceno|AT:Asti|AV:Avellino|BA:Bari|BL:Belluno|BG:Bergamo|BI:Biella|BO:Bologna|BZ:Bolzano|BS:Brescia|BR:Brindisi|CA:Cagliari|CE:Caserta|CT:Catania|CZ:Catanzaro|CO:Como|CS:Cosenza|CR:Cremona|CN:Cuneo|FE:Ferrara|FI:Florence|FG:Foggia|FC:Forlì-Cesena|FR:Frosinone|GE:Genoa|GO:Gorizia|GR:Grosseto|IM:Imperia|AQ:L'Aquila|SP:La Spezia|LT:Latina|LE:Lecce|LC:Lecco|LI:Livorno|LO:Lodi|LU:Lucca|MC:Macerata|MN:Mantua|MT:Matera|ME:Messina|MI:Milan|MO:Modena|NA:Naples|NO:Novara|PD:Padua|PA:Palermo|PR:Parma|PV:Pavia|PG:Perugia|PU:Pesaro and Urbino|PE:Pescara|PC:Piacenza|PI:Pisa|PT:Pistoia|PZ:Potenza|PO:Prato|RA:Ravenna|RC:Reggio Calabria|RE:Reggio Emilia|RI:Rieti|RN:Rimini|RM:Rome|RO:Rovigo|SA:Salerno|SS:Sassari|SV:Savona|SI:Siena|SR:Syracuse|SO:Sondrio|TA:Taranto|TE:Teramo|TR:Terni|TP:Trapani|TN:Trento|TV:Treviso|TS:Trieste|TO:Turin|UD:Udine|VA:Varese|VE:Venice|VC:Vercelli|VR:Verona|VI:Vicenza|VT:Viterbo",
  JP: "01:Hokkaido|02:Aomori|03:Iwate|04:Miyagi|05:Akita|06:Yamagata|07:Fukushima|08:Ibaraki|09:Tochigi|10:Gunma|11:Saitama|12:Chiba|13:Tokyo|14:Kanagawa|15:Niigata|16:Toyama|17:Ishikawa|18:Fukui|19:Yamanashi|20:Nagano|21:Gifu|22:Shizuoka|23:Aichi|24:Mie|25:Shiga|26:Kyoto|27:Osaka|28:Hyogo|29:Nara|30:Wakayama|31:Tottori|32:Shimane|33:Okayama|34:Hiroshima|35:Yamaguchi|36:Tokushima|37:Kagawa|38:Ehime|39:Kochi|40:Fukuoka|41:Saga|42:Nagasaki|43:Kumamoto|44:Oita|45:Miyazaki|46:Kagoshima|47:Okinawa",
  MX: "AG:Aguascalientes|BC:Baja California|BS:Baja California Sur|CM:Campeche|CS:Chiapas|CH:Chihuahua|CO:Coahuila|CL:Colima|DF:Federal District|DG:Durango|GT:Guanajuato|GR:Guerrero|HG:Hidalgo|JA:Jalisco|ME:Mexico State|MI:Michoacán|MO:Morelos|NA:Nayarit|NL:Nuevo León|OA:Oaxaca|PB:Puebla|QE:Querétaro|QR:Quintana Roo|SL:San Luis Potosí|SI:Sinaloa|SO:Sonora|TB:Tabasco|TM:Tamaulipas|TL:Tlaxcala|VE:Veracruz|YU:Yucatán|ZA:Zacatecas",
  US: "AL:Alabama|AK:Alaska|AZ:Arizona|AR:Arkansas|CA:California|CO:Colorado|CT:Connecticut|DE:Delaware|DC:District of Columbia|FL:Florida|GA:Georgia|HI:Hawaii|ID:Idaho|IL:Illinois|IN:Indiana|IA:Iowa|KS:Kansas|KY:Kentucky|LA:Louisiana|ME:Maine|MD:Maryland|MA:Massachusetts|MI:Michigan|MN:Minnesota|MS:Mississippi|MO:Missouri|MT:Montana|NE:Nebraska|NV:Nevada|NH:New Hampshire|NJ:New Jersey|NM:New Mexico|NY:New York|NC:North Carolina|ND:North Dakota|OH:Ohio|OK:Oklahoma|OR:Oregon|PA:Pennsylvania|RI:Rhode Island|SC:South Carolina|SD:South Dakota|TN:Tennessee|TX:Texas|UT:Utah|VT:Vermont|VA:Virginia|WA:Washington|WV:West Virginia|WI:Wisconsin|WY:Wyoming",
};

const statesByCountry: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map(
  Object.entries(TABLE).map(([country, text]) => [country, new Map(text.split("|").map(toEntry))]),
);
const NONE: ReadonlyMap<string, string> = new Map();

function toEntry(text: string): [string, string] {
  const [code = "", name = ""] = text.split(":");
  return [code, name];
}

/** Integration values by code; none for countries that have no states in the table. */
export function statesOf(countryCode: string): ReadonlyMap<string, string> {
  return statesByCountry.get(countryCode) ?? NONE;
}

export const countriesWithStates: readonly string[] = [...statesByCountry.keys()];
