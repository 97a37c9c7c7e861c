/** What a query looks like once every text literal is taken out, read as SOQL reads it; null where a literal never ends. */
export function structureOf(text: string): string | null {
  let structure = "";
  for (let index = 0; index < text.length; index += 1) {
    if (text[index] !== "'") {
      structure += text[index];
      continue;
    }
    for (index += 1; text[index] !== "'"; index += 1) {
      if (index >= text.length) return null;
      if (text[index] === "\\") index += 1;
    }
    structure += "?";
  }
  return structure;
}

/** The addresses of a call and of the calls within it: without ids of rows, and their queries without literals, instants and lengths of lists. */
export function addressesOf(request: { url: string; body: string }): readonly string[] {
  const within = [...request.body.matchAll(/"url":("(?:[^"\\]|\\.)*")/g)].map(([, url = ""]) => JSON.parse(url) as string);
  return [request.url, ...within].map((address) => {
    const { pathname, searchParams } = new URL(address, "https://org.example");
    const rest = [...searchParams].map(([name, value]) => `${name}=${name === "q" ? shapeOf(value) : withoutIds(value)}`);
    return `${withoutIds(pathname)} ${rest.join(" ")}`;
  });
}

function withoutIds(text: string): string {
  return text.replaceAll(/[0-9A-Za-z]{15,18}(?=[/,]|$)/g, "ID").replaceAll(/ID(?:,ID)+/g, "ID");
}

function shapeOf(query: string): string {
  return (structureOf(query) ?? "a literal never ends").replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "INSTANT").replaceAll(/\?(?:,\?)+/g, "?");
}
