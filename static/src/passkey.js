// Asks the browser for a passkey, puts its answer into the form and sends it:
//
//   <form data-passkey="create" data-options="…">  to make one
//   <form data-passkey="get" data-options="…">     to use one
//
// `data-options` are the options of WebAuthn as JSON, bytes in base64url. The answer goes into
// the form's field `credential`. What goes wrong shows the element marked
// `data-passkey-problem`.

const KINDS = { create: 'parseCreationOptionsFromJSON', get: 'parseRequestOptionsFromJSON' }

async function ask (kind, options) {
  const parsed = PublicKeyCredential[KINDS[kind]](options)
  const credential = await navigator.credentials[kind]({ publicKey: parsed })
  return JSON.stringify(credential.toJSON())
}

async function run (form) {
  try {
    form.elements.credential.value = await ask(form.dataset.passkey, JSON.parse(form.dataset.options))
    form.submit()
  } catch {
    form.querySelector('[data-passkey-problem]').hidden = false
  }
}

for (const form of document.querySelectorAll('[data-passkey]')) run(form)
