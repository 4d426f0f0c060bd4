// The pages of the app: their template with the names of the built scripts and styles filled in. The
// security policy allows neither inline scripts nor inline styles, so neither may be in the template.
// The page of a form to try holds its scripts and its style, which are allowed by their digests.

const PLACES = ["<!-- build -->", "<!-- styles -->", "<!-- scripts -->"];
/** Where the server puts the files of the form (server/trial_page.py). */
const FORM = "<!-- form -->";
/**
 * Before a script: Chrome since 136 makes all its functions ready at once, while the rest of the page
 * comes, instead of each when it is called, when the person waits for nothing else.
 */
const READ_WHOLE = "//# allFunctionsCalledOnLoad\n";

/**
 * @param {string} template shell/index.html
 * @param {{build: string, styles: string[], script: string, preload: string[]}} names output paths
 * @returns {string} the page
 */
export function fillPage(template, { build, styles, script, preload }) {
  return filled(template, {
    "<!-- build -->": `<meta name="hoso-build" content="${build}">`,
    "<!-- styles -->": styles.map((path) => `<link rel="stylesheet" href="/${path}">`).join(""),
    "<!-- scripts -->":
      preload.map((path) => `<link rel="modulepreload" href="/${path}">`).join("") +
      `<script type="module" src="/${script}"></script>`,
  });
}

/**
 * The page that shows one form to try: all that it needs comes with it, because far from a mast every
 * request that waits for another costs nearly half a second. The server puts the form where FORM is.
 * @param {string} template shell/index.html
 * @param {{build: string, style: string, scripts: string[]}} parts the texts themselves
 * @returns {string} the page
 */
export function fillTrial(template, { build, style, scripts }) {
  if (scripts.some((script) => /<\/script|<!--/i.test(script)) || /<\//.test(style)) {
    throw new Error("the script or the style of trial.html would end before its end");
  }
  const [first, ...others] = scripts;
  const rest = others.map(scriptOf);
  const page = filled(template, {
    "<!-- build -->": `<meta name="hoso-build" content="${build}">`,
    "<!-- styles -->": `<style>${style}</style>`,
    "<!-- scripts -->": "",
  });
  return (
    page
      // Nothing to be put on the home screen.
      .replace(/<link rel="(manifest|apple-touch-icon)"[^>]*>\n/g, "")
      // Each script is read while what follows it is still on its way.
      .replace("</body>", () => [scriptOf(READ_WHOLE + first), ...rest, FORM, "</body>"].join("\n"))
  );
}

const scriptOf = (text) => `<script>${text}</script>`;

function filled(template, lines) {
  for (const place of PLACES) {
    if (!template.includes(place)) throw new Error(`shell/index.html lacks ${place}`);
  }
  if (/<script(?![^>]*\ssrc=)|<style|\sstyle=|\son[a-z]+=/i.test(template)) {
    throw new Error("shell/index.html holds an inline script, handler or style");
  }
  return PLACES.reduce((page, place) => page.replace(place, () => lines[place]), template);
}
