/** Why something did not work and what to do, by code. English. */
import type { reasonsInVietnamese } from "./vi-reasons.ts";

export const reasonsInEnglish: typeof reasonsInVietnamese = {
  reasons: {
    "network-none": "No network.",
    "network-slow": "The network is too slow.",
    "network-captive": "This network wants a sign-in first. Open its page, or use another network.",
    "network-garbled": "The network is unsteady: the answer was cut short.",
    "server-busy": "The server is busy.",
    "server-fault":
      "The server has a fault. The dossier is still on the phone and is sent again by itself.",
    "too-many-attempts": "Too many attempts. Wait a few minutes and try again.",
    "storage-full": "The phone is full. Delete other pictures or videos and try again.",
    "storage-unavailable": "This browser keeps no data. Use Chrome, not a private window.",
    "storage-upgraded": "The app has a new version. Close it and open it again.",
    "store-locked": "This person's dossiers on this phone cannot be opened.",
    "draft-changed-elsewhere": "This draft was changed in another window. Open it again.",
    "draft-closed": "This dossier was sent or deleted and cannot be changed.",
    "record-missing": "It is no longer on this phone.",
    "catalogue-missing": "The list of services is not on the phone yet. Connect once.",
    "mutation-too-large":
      "There are too many photos or too much text. Remove some photos and send again.",
    "image-not-recognised": "This file is not a picture. Choose another.",
    "image-unreadable": "The phone cannot open this picture. Take it again.",
    "image-too-heavy": "The picture is too large for this phone. Take a smaller one.",
    "file-too-large": "The file is larger than 8 MB. Choose a smaller one or film shorter.",
    "file-not-accepted": "This kind of file is not taken. Use PDF, picture, sound or video.",
    "receipt-invalid":
      "The receipt's signature is wrong. The phone keeps the dossier and tries again.",
    "receipt-mismatch":
      "The receipt is for something else. The phone keeps the dossier and tries again.",
    "receipt-key-unknown":
      "The receipt's signature could not be checked yet. The phone tries again.",
    "upload-not-expected": "The agency does not expect this photo yet. It is sent again later.",
    "upload-length-mismatch": "A photo did not arrive whole. It is sent again.",
    "upload-digest-mismatch": "A photo was damaged on the way. It is sent again.",
    "envelope-unreadable": "The agency could not open the dossier. Open it and press Send again.",
    "envelope-key-unknown": "The dossier used an old key. Connect, open it and press Send again.",
    "signature-invalid": "This phone's signature is wrong. Open the dossier and press Send again.",
    "mutation-reused":
      "This delivery was mixed up with another. Open the dossier and press Send again.",
    "answers-invalid":
      "Some answers are not right. Open it, correct what is marked and send again.",
    "procedure-unknown": "This service is not offered here. Fetch the list of services again.",
    "procedure-closed":
      "This service is closed online for now. The dossier stays on the phone. Ask the one-stop desk.",
    "form-unknown": "This form is no longer accepted. Please fill in the new one.",
    "commune-unknown":
      "This place takes nothing online now. The dossier is still on the phone. Ask the one-stop desk.",
    "not-allowed": "You may not do this. Ask the commune's officer.",
    "dossier-unknown": "The agency does not know this dossier.",
    "dossier-exists": "This dossier was sent before. See it under Dossiers.",
    "dossier-changed": "The dossier changed at the agency. Look at it and send again.",
    "transition-not-allowed": "The dossier has moved on, so this cannot be done.",
    "supplement-closed": "This request was answered or closed.",
    "supplement-outside":
      "The addition changes something that was not asked for. Open the request again.",
    "sign-in-required": "Sign in to see news. Dossiers are sent all the same.",
    "sign-in-refused": "The code or the name is wrong, or the code has expired. Get a new code.",
    "passkey-refused": "The passkey was not recognised. Use a one-time code.",
    "passkey-cancelled": "Not finished. Try again, or use a one-time code.",
    "passkey-unsupported": "This phone cannot use passkeys. Use a one-time code.",
    "enrolment-invalid": "This link was used or has expired. Ask the commune for a new one.",
    "push-denied": "The phone does not allow notices. Allow them in the browser's settings.",
    "push-unsupported": "This browser cannot show notices. See them under News.",
    "push-silent": "The browser did not answer. Try again when there is a network.",
    "push-too-early": "Connect once, then turn it on again.",
    "push-endpoint-refused": "The agency does not accept this browser's notice address.",
  },
  otherReason: (code) =>
    `That did not work. Try again, or read this code to the commune's officer: ${code}.`,
};
