// Starts the GOV.UK components of the page, and of each fragment live.js puts in later.
import { initAll } from './govuk-frontend.min.js'

initAll()
document.addEventListener('live:updated', (event) => initAll({ scope: event.target }))

if (document.querySelector('[data-live]')) import('./live.js')
