// Warns before a session runs out, and offers to stay:
//
//   <dialog data-session="1800" data-session-warning="300" data-session-stay="/account/stay">
//     <div data-session-soon>…<button type="button" data-session-stay-button>…</button></div>
//     <div data-session-over hidden>…<button type="button" data-session-close>…</button></div>
//   </dialog>
//
// The first two are seconds, as the server counted when it made the page: until the end, and how
// long before it the dialog opens. The button asks the server for more time; the answer is how
// many seconds there are from then on. After the end the dialog says so and the page stays as it
// is: what was typed is not lost, and a form that is sent late is kept by the server.

class SessionDialog {
  constructor (dialog) {
    this.dialog = dialog
    this.warning = Number(dialog.dataset.sessionWarning) * 1000
    this.soon = dialog.querySelector('[data-session-soon]')
    this.over = dialog.querySelector('[data-session-over]')
    dialog.querySelector('[data-session-stay-button]').addEventListener('click', () => this.stay())
    dialog.querySelector('[data-session-close]').addEventListener('click', () => dialog.close())
    this.begin(Number(dialog.dataset.session))
  }

  // By the clock and not by a count of ticks: a sleeping computer does not tick.
  begin (seconds) {
    this.endsAt = Date.now() + seconds * 1000
    this.hasWarned = false
    clearInterval(this.timer)
    this.timer = setInterval(() => this.look(), 1000)
  }

  look () {
    const left = this.endsAt - Date.now()
    if (left <= 0) this.end()
    else if (left <= this.warning && !this.hasWarned) this.open()
  }

  open () {
    this.hasWarned = true
    if (!this.dialog.open) this.dialog.showModal()
  }

  end () {
    clearInterval(this.timer)
    this.soon.hidden = true
    this.over.hidden = false
    this.open()
  }

  async stay () {
    const body = new FormData()
    body.set('csrf_token', this.dialog.dataset.sessionToken)
    try {
      const response = await fetch(this.dialog.dataset.sessionStay, {
        method: 'POST', body, credentials: 'same-origin', redirect: 'manual'
      })
      if (!response.ok) return this.end()
      this.begin(Number(await response.text()))
      this.dialog.close()
    } catch {
      // No connection for now: the dialog stays, and the button can be pressed again.
    }
  }
}

for (const dialog of document.querySelectorAll('dialog[data-session]')) new SessionDialog(dialog)
