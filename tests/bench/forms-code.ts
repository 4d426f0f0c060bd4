/** What stands between a definition and a question on the screen: its size is the renderer's. */
export * from "../../pwa/forms/engine/index.ts";
export { Ask } from "../../pwa/forms/renderer/ask.tsx";
export * from "../../pwa/forms/renderer/page.ts";
export * from "../../pwa/forms/renderer/session.ts";
