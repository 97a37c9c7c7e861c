/** A page where a program expects XML. */
export function htmlPage(request: { status: number; title: string; content?: string; headers?: Readonly<Record<string, string>> }): Response {
  const { status, title, content = "", headers = {} } = request;
  const html = `<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd"><html xmlns="http://www.w3.org/1999/xhtml"><head><title>${title}</title></head><body><h1>${title}</h1>${content}</body></html>`;
  return new Response(html, { status, headers: { "Content-Type": "text/html; charset=utf-8", ...headers } });
}

export function unauthorizedPage(): Response {
  return htmlPage({
    status: 401,
    title: "401 - Unauthorized: Access is denied due to invalid credentials.",
    headers: { "WWW-Authenticate": 'Basic realm="Cegid Retail"' },
  });
}
