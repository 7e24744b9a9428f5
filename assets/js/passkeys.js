/* Passkeys: asks the browser to make one or to prove one, and sends the answer in the page's own form. */
(() => {
  "use strict";
  const form = document.querySelector("form[data-passkey]");
  const go = form?.querySelector("[data-passkey-go]");
  if (!form || !go || !window.PublicKeyCredential) return;
  if (/^[\d.]+$|:/.test(location.hostname)) {
    // Browsers tie a passkey to a name, never to numbers (Web Authentication, "relying party identifier").
    go.hidden = true;
    form.querySelector("[data-passkey-address]")?.removeAttribute("hidden");
    return;
  }
  form.hidden = false;

  const bytes = (text) =>
    Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer)))
      .replace(/\+/g, "-")
      .replace(/\//g, "_")
      .replace(/=+$/, "");
  const known = (list) => (list ?? []).map((each) => ({ ...each, id: bytes(each.id) }));

  function plain(credential) {
    const response = {};
    for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (credential.response[name]) response[name] = text(credential.response[name]);
    }
    if (credential.response.getTransports) response.transports = credential.response.getTransports();
    return {
      id: credential.id,
      rawId: text(credential.rawId),
      type: credential.type,
      response,
      clientExtensionResults: credential.getClientExtensionResults(),
    };
  }

  async function options() {
    const data = document.getElementById("passkey-data");
    if (data) return JSON.parse(data.textContent);
    const answer = await fetch(form.action, {
      headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" },
    });
    if (!answer.ok) throw new Error("no options");
    return answer.json();
  }

  async function make(given) {
    const alone = form.querySelector("[name=passwordless]")?.checked ?? false;
    const publicKey = {
      ...given.publicKey,
      challenge: bytes(given.publicKey.challenge),
      user: { ...given.publicKey.user, id: bytes(given.publicKey.user.id) },
      excludeCredentials: known(given.publicKey.excludeCredentials),
      authenticatorSelection: {
        ...given.publicKey.authenticatorSelection,
        residentKey: alone ? "required" : "discouraged",
        requireResidentKey: alone,
        ...(alone ? { userVerification: "required" } : {}),
      },
    };
    return navigator.credentials.create({ publicKey });
  }

  async function prove(given) {
    const publicKey = {
      ...given.publicKey,
      challenge: bytes(given.publicKey.challenge),
      allowCredentials: known(given.publicKey.allowCredentials),
    };
    return navigator.credentials.get({ publicKey });
  }

  go.addEventListener("click", async () => {
    const failed = form.querySelector("[data-passkey-failed]");
    if (failed) failed.hidden = true;
    try {
      const given = await options();
      const credential =
        form.dataset.passkey === "create"
          ? await make(given.creation_options)
          : await prove(given.request_options);
      form.querySelector("[name=credential]").value = JSON.stringify(plain(credential));
      form.submit();
    } catch {
      if (failed) failed.hidden = false;
    }
  });
})();
