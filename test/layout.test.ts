/** The rules of the tree that no other tool checks: what is absent, and what mirrors what. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import t from 'tap'

const files = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name}`)
    .filter((name) => name.endsWith('.ts'))
    .sort()

const sources = files('src')
const text = new Map(sources.map((name) => [name, readFileSync(name, 'utf8')]))
const having = (pattern: RegExp): string[] =>
  sources.filter((name) => pattern.test(text.get(name) ?? ''))

t.test('the traffic thread parses no body', async (t) => {
  t.same(
    having(/JSON\.parse|TextDecoder|zlib/).filter((name) => name.startsWith('src/proxy/')),
    [],
  )
})

t.test('time is read in one file', async (t) => {
  t.same(having(/Date\.now\(|performance\.now\(|new Date\(\)|process\.hrtime/), ['src/clock.ts'])
})

t.test('nothing is unfinished, untyped or of a dumping-ground name', async (t) => {
  t.same(having(/TODO|FIXME|XXX|: any\b|as any\b|@ts-ignore/), [])
  t.same(
    sources.filter((name) =>
      /\/(utils?|helpers?|common|misc|types|managers?|index)(\/|\.ts$)/.test(name),
    ),
    [],
  )
})

t.test('every file opens with its purpose and ends before line 400', async (t) => {
  t.same(
    sources.filter((name) => !/^(#!.*\n)?\/\*\*/.test(text.get(name) ?? '')),
    [],
  )
  t.same(
    sources.filter((name) => (text.get(name) ?? '').split('\n').length > 400),
    [],
  )
})

t.test('every test of a part of src stands where its source stands', async (t) => {
  const folders = files('test')
    .filter(
      (name) =>
        name.endsWith('.test.ts') &&
        !/^test\/(e2e|layout|rules|suites|dashboards|helm|image|deploy)/.test(name),
    )
    .map((name) => name.replace(/^test/, 'src').replace(/\/[^/]*$/, ''))
  t.same(
    [...new Set(folders)].filter((folder) => !existsSync(folder)),
    [],
  )
})

t.test(
  'the lock file names every optional package, so that npm ci accepts it everywhere',
  async (t) => {
    const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
      packages: Record<string, { resolved?: string; optionalDependencies?: Record<string, string> }>
    }
    const entries = Object.entries(lock.packages)
    t.ok(entries.length > 300)
    const missing = entries.flatMap(([path, entry]) =>
      Object.keys(entry.optionalDependencies ?? {}).filter(
        (name) =>
          lock.packages[`node_modules/${name}`] === undefined &&
          lock.packages[`${path}/node_modules/${name}`] === undefined,
      ),
    )
    t.same(missing, [])
    t.same(
      entries.filter(([, { resolved }]) => resolved !== undefined).map(([path]) => path),
      [],
      'and no registry',
    )
  },
)
