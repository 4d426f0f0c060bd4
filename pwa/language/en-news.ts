/** Words for the states of a dossier and for what happened to it. English. */
import type { newsInVietnamese } from "./vi-news.ts";

export const newsInEnglish: typeof newsInVietnamese = {
  states: {
    submitted: "Filed, waiting for the commune",
    received: "Received by the commune",
    refused: "Not accepted",
    processing: "Being handled",
    supplement: "More needed from you",
    fee: "Waiting for the fee",
    withdrawing: "Withdrawal asked for",
    stopped: "Stopped",
    finished: "Result ready",
    returned: "Result handed over",
  },
  delivery: {
    saved: "Kept on this phone",
    queued: "Waiting to be sent",
    sending: "Being sent",
    received: "Text received, photos on the way",
    settled: "Sent",
    "needs-repair": "Needs correcting",
  },
};
