import { textAt, type DataRecord } from "../contract/data-value.ts";
import type { Folder } from "../folder.ts";

/** One text of many lines, ended as Windows ends them. */
export function helloWorld(request: { folder: Folder; operands: DataRecord }): string {
  const { folder, operands } = request;
  const identity = `${folder.folderId}\\${folder.username}`;
  return [
    `Now : ${formatNow(folder)}`,
    `InputText : ${textAt({ record: operands, path: "text" })}`,
    `DataBaseId : ${folder.folderId}`,
    `ErpIdentity : ${folder.username}`,
    `Current Identity : ${identity}`,
    `CurrentCulture : ${folder.culture}`,
    `CurrentUICulture : ${folder.culture}`,
    `CBR Version : (${folder.version})`,
  ].join("\r\n");
}

function formatNow({ behaviour, clock, culture }: Folder): string {
  const now = clock.wallClock();
  if (behaviour.helloWorldClock === "iso") return now;
  const [date = "", time = ""] = now.split("T");
  const [year = "", month = "", day = ""] = date.split("-");
  if (culture === "fr-FR") return `${day}/${month}/${year} ${time}`;
  const hour = Number(time.slice(0, 2));
  return `${Number(month)}/${Number(day)}/${year} ${hour % 12 === 0 ? 12 : hour % 12}${time.slice(2)} ${hour < 12 ? "AM" : "PM"}`;
}
