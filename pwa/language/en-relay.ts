/**
 * Words of handing on what could not be sent, of carrying it for others, of room on the phone, and of
 * what was refused for good. English.
 */
import type { relayInVietnamese } from "./vi-relay.ts";

export const relayInEnglish: typeof relayInVietnamese = {
  rescue: {
    title: "Send by another phone",
    link: "Cannot send? Use another phone",
    lead: "Hand dossiers to a phone that has a network, or take the file to the commune. They are sealed: whoever carries them cannot read them.",
    choose: "Dossiers to hand on",
    none: "Nothing is waiting to be sent on this phone.",
    share: "Send a file by chat, Bluetooth…",
    save: "Save as a file",
    show: "Let another phone scan",
    size: (size) => `The file has ${size}, photos included.`,
    textOnly: "Scanning moves the text only. Photos stay here and are sent later.",
    working: "Making the file…",
    done: (name) => `The file ${name} is made. Pass it to another phone or take it to the commune.`,
    stays:
      "The dossiers stay on this phone and still leave by themselves when there is a network. Sent both ways, they count once.",
    tooMuch: "That is a lot: scanning would take very long. Choose fewer, or use a file.",
    showing: "Hold this before the other camera",
    showingHint:
      "On the other phone: open Dossiers, choose Carry for others, then Scan. Keep still until it says it is done.",
    code: "Moving code",
    stop: "Done, stop",
  },
  relay: {
    title: "Carry for others",
    link: "Carry for others",
    carried: (count) => `Carrying ${count} ${count === 1 ? "dossier" : "dossiers"} for others`,
    lead: "With a network, this phone can send what another could not. You cannot read what is in it.",
    file: "Choose a .hoso file",
    scan: "Scan the other phone's code",
    aim: "Hold the moving code in the middle",
    stop: "Stop scanning",
    progress: (known, count) => `${known} of ${count} parts read. Keep still.`,
    refused: "The camera cannot be used. Allow it, or use a file.",
    working: "Taking it in…",
    taken: (count, pages) =>
      `${count} ${count === 1 ? "dossier" : "dossiers"}${pages > 0 ? ` and ${pages} ${pages === 1 ? "photo" : "photos"}` : ""} taken in. This phone will send them.`,
    own: "This file is this phone's own. Its dossiers are in the queue already.",
    nothing: "There is no dossier in this file.",
    faults: {
      "rescue-not-recognised": "This is not a dossier file (.hoso). Choose another.",
      "rescue-newer": "A newer version of the app made this file. Update the app and try again.",
      "rescue-damaged":
        "The file is cut or spoilt at its end. What was whole is taken in. Ask for the file again.",
    },
    list: "Being carried",
    none: "Nothing is carried for others.",
    foreign: "For somebody else",
    sealed: "Sealed, only the agency can open it",
    states: {
      waiting: "Waiting to be sent",
      received: "Text received, photos to come",
      refused: "Not taken by the agency",
    },
    refusedHint: "Its sender sees the reason on their own phone and mends it there.",
    remove: "Remove from this phone",
    sentAll: "All that was carried is sent. Nothing of it stays on this phone.",
  },
  storage: {
    title: "Room on this phone",
    link: "See the room and make some",
    waiting: "Waiting to be sent",
    drafts: "Half done",
    carried: "Carried for others",
    count: (count, size) => `${count} ${count === 1 ? "item" : "items"}, ${size}`,
    free: "To get more room",
    ways: [
      "Send what is waiting: once sent, its photos leave the phone.",
      "Remove half-done forms you no longer need on the first screen.",
      "Remove other photos and videos from the phone.",
    ],
    keep: "Do not clear the browser's data: what waits to be sent would go with it.",
    ask: "Ask the phone to keep the data",
    asked: "The phone has not agreed. Install the app on the home screen and try again.",
  },
  refusal: {
    state: "Not taken",
    keep: "Keep the answers as a draft",
    keepHint: "When the procedure opens again or has a new form, open the draft and send it.",
    remove: "Remove this dossier from the phone",
    removeSure: "Remove this dossier with its photos? It cannot be brought back.",
    removeYes: "Remove",
    dismiss: "Understood",
  },
  deciding: {
    lead: "The agency has something else than this phone. Choose the right text for each question, then send.",
    missing: "Choose one of the two.",
    send: "Send what I chose",
  },
  likely: {
    about: (time) => `Takes about ${time} with a network`,
    seconds: "a minute",
    minutes: (count) => `${count} minutes`,
    hours: (count) => `${count} ${count === 1 ? "hour" : "hours"}`,
  },
};
