// What makes the desk's pages quicker where there is JavaScript: turning and enlarging a page in place, signing in with a
// passkey, and buttons that cannot be pressed twice. Every page works without it.

const TURNS = ["", "turn-90", "turn-180", "turn-270"];

function turn(image: HTMLImageElement): void {
  const now = TURNS.findIndex((name) => name !== "" && image.classList.contains(name));
  const next = TURNS[(Math.max(now, 0) + 1) % TURNS.length] ?? "";
  image.classList.remove(...TURNS.filter(Boolean));
  if (next) image.classList.add(next);
  image.parentElement?.classList.toggle("turned", next === "turn-90" || next === "turn-270");
}

function onTool(event: Event): void {
  const tool = (event.target as Element).closest<HTMLElement>("[data-tool]");
  const frame = tool?.closest(".page")?.querySelector<HTMLElement>(".frame");
  const image = frame?.querySelector("img");
  if (!tool || !frame || !image) return;
  event.preventDefault();
  if (tool.dataset.tool === "turn") turn(image);
  else tool.setAttribute("aria-pressed", String(frame.classList.toggle("near")));
}

/** A second press while the first is under way would only be refused; better that it cannot happen. */
function onSubmit(event: SubmitEvent): void {
  const form = event.target as HTMLFormElement;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
}

const bytes = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const text = (buffer: ArrayBuffer | null): string | null =>
  buffer &&
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");

async function post(path: string, body: unknown): Promise<Response> {
  return fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
}

async function signInWithPasskey(): Promise<void> {
  const { options } = await (await post("/identity/passkey-logins/options", {})).json();
  const credential = (await navigator.credentials.get({
    publicKey: { ...options, challenge: bytes(options.challenge), allowCredentials: [] },
  })) as PublicKeyCredential;
  const answer = credential.response as AuthenticatorAssertionResponse;
  const reply = await post("/identity/passkey-logins", {
    credential: {
      id: credential.id,
      rawId: text(credential.rawId),
      type: credential.type,
      clientExtensionResults: {},
      response: {
        authenticatorData: text(answer.authenticatorData),
        clientDataJSON: text(answer.clientDataJSON),
        signature: text(answer.signature),
        userHandle: text(answer.userHandle),
      },
    },
  });
  if (!reply.ok) throw new Error((await reply.json()).detail);
  // Where the person was going; the server lets no address outside the desk through.
  location.assign(document.querySelector<HTMLInputElement>("[name=next]")?.value || "/desk");
}

function offerPasskey(): void {
  const place = document.querySelector<HTMLElement>("[data-passkey]");
  if (!place || !window.PublicKeyCredential) return;
  place.hidden = false;
  place.querySelector("button")?.addEventListener("click", () => {
    const words = place.querySelector<HTMLElement>("[role=status]");
    signInWithPasskey().catch((error: Error) => {
      if (words) words.textContent = place.dataset.failed ?? error.message;
    });
  });
}

function offerPrinting(): void {
  for (const button of document.querySelectorAll<HTMLElement>("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}

document.addEventListener("click", onTool);
document.addEventListener("submit", onSubmit);
offerPasskey();
offerPrinting();
