// Keeps a part of a page up to date without a reload:
//
//   <div data-live="/campaigns/7/progress" data-live-interval="2">…</div>
//
// asks that address every 2 seconds (5 where none is given) and puts the answer in if it
// changed. It stops for good when the answer carries `Live-Done: true` or an element marked
// `data-live-done`; where that mark holds an address of this site, the page goes there. It
// rests in a hidden tab, and waits longer and longer while the server cannot answer. Each
// request says `Live-Request: true`, so that the server need not count it as a person's act.
//
// What a screen reader says is the text of the element marked `data-live-say` inside the
// fragment, when it changed, and not more often than every 15 seconds.

const SLOWEST_SECONDS = 60
const QUIET_MS = 15000

class LiveRegion {
  constructor (element) {
    this.element = element
    this.interval = (Number(element.dataset.liveInterval) || 5) * 1000
    this.wait = this.interval
    this.last = null
    this.saidAt = Date.now()
    this.said = this.toSay()
    this.isRunning = true
    this.voice = document.createElement('div')
    this.voice.className = 'govuk-visually-hidden'
    this.voice.setAttribute('role', 'status')
    element.after(this.voice)
    document.addEventListener('visibilitychange', () => this.onVisibility())
    this.schedule()
  }

  schedule () {
    clearTimeout(this.timer)
    if (this.isRunning && !document.hidden) this.timer = setTimeout(() => this.poll(), this.wait)
  }

  onVisibility () {
    if (document.hidden) clearTimeout(this.timer)
    else if (this.isRunning && !this.isAsking) this.poll()
  }

  async poll () {
    clearTimeout(this.timer)
    this.isAsking = true
    try {
      await this.ask()
    } catch {
      this.slowDown()
    }
    this.isAsking = false
    this.schedule()
  }

  async ask () {
    const response = await fetch(this.element.dataset.live, {
      headers: { Accept: 'text/html', 'Live-Request': 'true' },
      credentials: 'same-origin',
      cache: 'no-store',
      redirect: 'manual'
    })
    if (response.status === 429 || response.status >= 500) return this.slowDown()
    if (!response.ok) return this.giveUp() // signed out, gone or not allowed
    this.wait = this.interval
    if (response.status === 200) this.show(await response.text())
    this.finish(response.headers.get('Live-Done') === 'true')
  }

  slowDown () {
    this.wait = Math.min(this.wait * 2, SLOWEST_SECONDS * 1000)
  }

  stop () {
    this.isRunning = false
    this.element.removeAttribute('data-live')
  }

  // The page stays as it is, and says that it no longer follows.
  giveUp () {
    this.stop()
    const notice = this.element.parentElement.querySelector('[data-live-stopped]')
    if (!notice) return
    notice.hidden = false
    this.voice.textContent = notice.textContent
  }

  show (html) {
    if (html === this.last) return
    this.last = html
    const focused = this.element.contains(document.activeElement) ? document.activeElement.id : ''
    const open = [...this.element.querySelectorAll('details[open][id]')].map((part) => part.id)
    this.element.innerHTML = html
    for (const id of open) document.getElementById(id)?.setAttribute('open', '')
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true })
    this.element.dispatchEvent(new CustomEvent('live:updated', { bubbles: true }))
  }

  finish (saysDone) {
    const mark = this.element.querySelector('[data-live-done]')
    const isDone = saysDone || mark !== null
    this.say(isDone)
    if (!isDone) return
    this.stop()
    const next = mark?.dataset.liveDone
    if (next && new URL(next, location.href).origin === location.origin) location.assign(next)
  }

  toSay () {
    return this.element.querySelector('[data-live-say]')?.textContent.trim() ?? ''
  }

  say (isLast) {
    const text = this.toSay()
    if (text === this.said || (!isLast && Date.now() - this.saidAt < QUIET_MS)) return
    this.voice.textContent = this.said = text
    this.saidAt = Date.now()
  }
}

for (const element of document.querySelectorAll('[data-live]')) new LiveRegion(element)
