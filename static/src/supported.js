// Runs before the page is drawn, so that nothing jumps once the components start: says that
// scripts run and that this browser is one GOV.UK Frontend supports. A file and not a line
// in the page, because the content security policy allows no inline script.
document.body.className += ' js-enabled' + ('noModule' in HTMLScriptElement.prototype ? ' govuk-frontend-supported' : '')
