// The one page of the app: its template with the names of the built scripts and styles filled in.
// The security policy allows neither inline scripts nor inline styles, so neither may be here.

const PLACES = ["<!-- build -->", "<!-- styles -->", "<!-- scripts -->"];

/**
 * @param {string} template shell/index.html
 * @param {{build: string, styles: string[], script: string, preload: string[]}} names output paths
 * @returns {string} the page
 */
export function fillPage(template, { build, styles, script, preload }) {
  for (const place of PLACES) {
    if (!template.includes(place)) throw new Error(`shell/index.html lacks ${place}`);
  }
  if (/<script(?![^>]*\ssrc=)|<style|\sstyle=|\son[a-z]+=/i.test(template)) {
    throw new Error("shell/index.html holds an inline script, handler or style");
  }
  const lines = {
    "<!-- build -->": `<meta name="hoso-build" content="${build}">`,
    "<!-- styles -->": styles.map((path) => `<link rel="stylesheet" href="/${path}">`).join(""),
    "<!-- scripts -->":
      preload.map((path) => `<link rel="modulepreload" href="/${path}">`).join("") +
      `<script type="module" src="/${script}"></script>`,
  };
  return PLACES.reduce((page, place) => page.replace(place, () => lines[place]), template);
}
