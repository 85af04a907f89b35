// Security keys: forms that the browser's key fills in. They stay hidden without this file, and the page says what else there is.
const bytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));

const text = (buffer) => {
  let letters = "";
  for (const byte of new Uint8Array(buffer)) letters += String.fromCharCode(byte);
  return btoa(letters).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
};

const known = (list) => (list ?? []).map((key) => ({ ...key, id: bytes(key.id) }));

/** Asks the key, and answers the fields of the form. */
async function ask(task, options) {
  const challenge = bytes(options.challenge);
  if (task === "add") {
    const user = { ...options.user, id: bytes(options.user.id) };
    const publicKey = { ...options, challenge, user, excludeCredentials: known(options.excludeCredentials) };
    const { response } = await navigator.credentials.create({ publicKey });
    return { client: text(response.clientDataJSON), attestation: text(response.attestationObject) };
  }
  const publicKey = { ...options, challenge, allowCredentials: known(options.allowCredentials) };
  const { rawId, response } = await navigator.credentials.get({ publicKey });
  return {
    key: text(rawId),
    client: text(response.clientDataJSON),
    said: text(response.authenticatorData),
    signature: text(response.signature),
  };
}

async function send(form) {
  const said = form.querySelector("[data-key-said]");
  said.hidden = true;
  try {
    const fields = await ask(form.dataset.key, JSON.parse(form.dataset.options));
    for (const [name, value] of Object.entries(fields)) form.elements.namedItem(name).value = value;
    form.submit();
  } catch (problem) {
    said.textContent = problem.name === "InvalidStateError" ? form.dataset.known : form.dataset.failed;
    said.hidden = false;
  }
}

/** Shows the forms of a page, if there can be keys. */
export function keys(root) {
  if (!window.PublicKeyCredential || !navigator.credentials) return;
  for (const form of root.querySelectorAll("form[data-key]")) {
    form.hidden = false;
    const unable = form.nextElementSibling;
    if (unable && unable.matches("[data-key-unable]")) unable.hidden = true;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      send(form);
    });
  }
}
