/**
 * What holdfast is made of: floors of versions, no scripts at installation, a bill of materials that is
 * complete, and a test for every advisory of docs/advisories.yaml, which docs/security.md lists too.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import t from 'tap'
import { parse } from 'yaml'

interface Locked {
  version: string
  integrity?: string
  dev?: boolean
  devOptional?: boolean
  optional?: boolean
  hasInstallScript?: boolean
}
interface Advisory {
  ids: string[]
  what: string
  floors?: Record<string, string>
  absent?: string[]
  test?: { file: string; title: string }
  why?: string
}

const text = (path: string): string => readFileSync(path, 'utf8')
const lock = JSON.parse(text('package-lock.json')) as { packages: Record<string, Locked> }
const { advisories } = parse(text('docs/advisories.yaml')) as { advisories: Advisory[] }

const nameOf = (path: string): string => path.replace(/^.*node_modules\//, '')
const all = Object.entries(lock.packages)
  .filter(([path]) => path !== '')
  .map(([path, entry]) => ({ name: nameOf(path), path, ...entry }))
const production = all.filter(({ dev, devOptional }) => dev !== true && devOptional !== true)

const isBelow = (version: string, floor: string): boolean => {
  const [a, b] = [version, floor].map((one) => one.split('-')[0]?.split('.').map(Number) ?? [])
  for (let i = 0; i < 3; i++) {
    const difference = (a?.[i] ?? 0) - (b?.[i] ?? 0)
    if (difference !== 0) return difference < 0
  }
  return version.includes('-')
}

t.test('versions are compared as numbers, and a prerelease is below its release', async (t) => {
  t.equal(isBelow('12.6.5', '12.6.5'), false)
  t.equal(isBelow('12.10.0', '12.6.5'), false)
  t.equal(isBelow('12.6.4', '12.6.5'), true)
  t.equal(isBelow('9.9.9', '12.6.5'), true)
  t.equal(isBelow('12.6.5-rc.1', '12.6.5'), true)
})

t.test('no package in production stands below its floor', async (t) => {
  const floors = advisories.flatMap(({ floors }) => Object.entries(floors ?? {}))
  t.ok(floors.length >= 14)
  for (const [name, floor] of floors) {
    const copies = production.filter((one) => one.name === name)
    t.ok(copies.length > 0, `${name} is there`)
    t.same(
      copies.filter(({ version }) => isBelow(version, floor)).map(({ path }) => path),
      [],
      `${name} >= ${floor}`,
    )
  }
})

t.test('packages that must not be there are not', async (t) => {
  const absent = new Set(advisories.flatMap(({ absent }) => absent ?? []))
  t.ok(absent.size >= 2)
  t.same(
    all.filter(({ name }) => absent.has(name)).map(({ path }) => path),
    [],
  )
})

t.test('nothing in production runs a script when it is installed', async (t) => {
  t.ok(production.length > 50, `${production.length} packages`)
  t.same(
    production.filter(({ hasInstallScript }) => hasInstallScript === true).map(({ path }) => path),
    [],
  )
})

t.test('every package is locked by its digest, but for tools of other platforms', async (t) => {
  t.same(
    all
      .filter(({ optional, dev }) => optional !== true || dev !== true)
      .filter(({ integrity }) => integrity?.startsWith('sha512-') !== true)
      .map(({ path }) => path),
    [],
  )
  // Ten direct packages or fewer.
  const { dependencies } = JSON.parse(text('package.json')) as {
    dependencies: Record<string, string>
  }
  t.ok(Object.keys(dependencies).length <= 10)
})

t.test('packages are installed from the lock file only', async (t) => {
  for (const file of ['Dockerfile', '.ci/run'].filter((path) => existsSync(path))) {
    const lines = text(file)
      .split('\n')
      .filter((line) => /\bnpm (?:ci|i|install)\b/.test(line) && !/^\s*#/.test(line))
    t.ok(lines.length > 0, file)
    t.same(
      // Into a folder of its own: other lines of Node, and optional packages, for tests.
      lines.filter((line) => /\bnpm (?:i|install)\b/.test(line) && !line.includes('--prefix')),
      [],
      file,
    )
  }
})

t.test(
  'the bill of materials holds the packages of production, each with its digest',
  async (t) => {
    const bill = JSON.parse(
      execFileSync('npm', ['run', '--silent', 'sbom'], { encoding: 'utf8', maxBuffer: 1 << 26 }),
    ) as {
      bomFormat: string
      metadata: { component: { name: string } }
      components: { name: string; version: string; hashes?: { alg: string }[] }[]
    }
    t.equal(bill.bomFormat, 'CycloneDX')
    t.equal(bill.metadata.component.name, 'holdfast')
    const idOf = ({ name, version }: { name: string; version: string }): string =>
      `${name}@${version}`
    t.same(bill.components.map(idOf).sort(), [...new Set(production.map(idOf))].sort())
    t.ok(bill.components.every(({ hashes }) => hashes?.[0]?.alg === 'SHA-512'))
  },
)

t.test('what is built in is of production, and its licences are beside it', async (t) => {
  const parts = text('dist/licences.txt').split(`\n\n${'-'.repeat(80)}\n\n`)
  const locked = new Set(production.map(({ name, version }) => `${name} ${version}`))
  t.ok(parts.some((part) => part.startsWith('fastify ')))
  for (const part of parts) {
    const [title = '', licence = ''] = part.split('\n', 1)[0]?.split(': ') ?? []
    t.ok(locked.has(title), title)
    t.match(licence, /^[A-Z][\w.-]+$/, `${title}: the name of its licence`)
    const isThere = part.length > 500 || /not in the package: https:/.test(part)
    t.ok(isThere, `${title}: the text of its licence, or where it is`)
  }
})

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => `src/${name}`)
const having = (pattern: RegExp): string[] => sources.filter((name) => pattern.test(text(name)))

t.test('CVE-2026-25224: no web stream is sent to a client', async (t) => {
  t.same(
    having(/ReadableStream|Readable\.fromWeb|sendWebStream/).filter((name) =>
      /src\/(proxy|admin)\//.test(name),
    ),
    [],
  )
})

t.test('no text becomes code, and no file of src starts a process', async (t) => {
  t.ok(sources.length > 200)
  t.same(having(/\beval\(|new Function\(|node:vm'/), [])
  t.same(having(/node:child_process/), [])
})

const idPattern = /\b(?:GHSA(?:-[0-9a-z]{4}){3}|CVE-\d{4}-\d{4,7})\b/g

t.test('every advisory has a test that exists, or a reason why it cannot be reached', async (t) => {
  const ids = advisories.flatMap((one) => one.ids)
  t.ok(ids.length >= 40, `${ids.length} ids`)
  t.equal(new Set(ids).size, ids.length, 'each once')
  for (const { ids, test, why } of advisories) {
    t.not(test === undefined, why === undefined, `${ids[0]}: either a test or a reason`)
    if (test !== undefined) t.ok(text(test.file).includes(test.title), `${ids[0]}: ${test.title}`)
  }
})

t.test('every advisory that a test names is in the list, and the page lists all', async (t) => {
  const listed = new Set(advisories.flatMap((one) => one.ids))
  const found = (path: string): string[] => [...new Set(text(path).match(idPattern) ?? [])]
  const tests = ['test/e2e/advisories.test.ts', 'test/supply-chain.test.ts']
  for (const id of tests.flatMap(found)) t.ok(listed.has(id), id)
  t.same(
    found('docs/security.md').sort(),
    [...listed].filter((id) => /^(?:GHSA|CVE)-/.test(id)).sort(),
  )
})
