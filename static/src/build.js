// Builds static/dist/ from static/src/ and GOV.UK Frontend: `npm run build`.
//
// The same sources give the same bytes. manifest.json maps each file's name to the start of
// its SHA-256; pages ask for `name?v=hash`, so a browser may keep a file for ever.
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { compile } from 'sass'

const SOURCE = dirname(fileURLToPath(import.meta.url))
const ROOT = join(SOURCE, '..', '..')
const TARGET = join(ROOT, 'static', 'dist')
const FRONTEND = join(ROOT, 'node_modules', 'govuk-frontend', 'dist', 'govuk')
const HASH_LENGTH = 12
const MANIFEST = 'manifest.json'

const hashes = {}

function emit (name, content) {
  hashes[name] = createHash('sha256').update(content).digest('hex').slice(0, HASH_LENGTH)
  write(name, content)
}

// Whole or not at all: a page may be asking for the file this minute.
function write (name, content) {
  const half = join(TARGET, `.${name}.${process.pid}`)
  writeFileSync(half, content)
  renameSync(half, join(TARGET, name))
}

function removeStale () {
  for (const name of readdirSync(TARGET)) {
    if (name[0] !== '.' && !(name in hashes) && name !== MANIFEST) rmSync(join(TARGET, name), { recursive: true })
  }
}

function emitStyle (name) {
  const source = join(SOURCE, name.replace('.css', '.scss'))
  emit(name, compile(source, { loadPaths: [FRONTEND, SOURCE], style: 'compressed' }).css + '\n')
}

// A module imported by another carries its hash too, or a browser would keep an old one.
function withHashes (script) {
  return script.replace(/((?:from |import\()'\.\/)([\w.-]+)'/g, (whole, start, name) => {
    if (!(name in hashes)) throw new Error(`${name} must be built before what imports it`)
    return `${start}${name}?v=${hashes[name]}'`
  })
}

function emitScript (name) {
  emit(name, withHashes(readFileSync(join(SOURCE, name), 'utf8')))
}

function build () {
  mkdirSync(TARGET, { recursive: true })
  emitStyle('app.css')
  emitStyle('public.css')
  const frontend = readFileSync(join(FRONTEND, 'govuk-frontend.min.js'), 'utf8')
  emit('govuk-frontend.min.js', frontend.replace(/\n?\/\/# sourceMappingURL=.*\n?/, '\n'))
  for (const name of ['supported.js', 'live.js', 'passkey.js', 'session.js', 'init.js']) emitScript(name)
  emit('favicon.svg', readFileSync(join(SOURCE, 'favicon.svg')))
  write(MANIFEST, JSON.stringify(hashes, null, 2) + '\n')
  removeStale()
}

build()
