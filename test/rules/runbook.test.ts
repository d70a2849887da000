/** Every alert has its section in the runbook and the reverse; what the sections name exists. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { configurationDoc } from '../../src/config/describe.ts'
import { unknownNames } from './support/known-names.ts'
import { alertRules, promtool, promtoolSkip as skip } from './support/rule-files.ts'

const text = readFileSync('docs/runbook.md', 'utf8')
const sections = new Map(
  text
    .split(/^## /m)
    .slice(1)
    .map((section) => {
      const end = section.indexOf('\n')
      return [section.slice(0, end), section.slice(end + 1)] as const
    }),
)
const ofAlerts = [...sections].filter(([title]) => title.startsWith('Holdfast'))

/** The numbered things to look at, each on one line. */
const toLookAt = (section: string): string[] =>
  [...section.matchAll(/^\d\. (?:.|\n {3})*/gm)].map(([item]) => item.replace(/\n {3}/g, ' '))

const queriesIn = (item: string): string[] =>
  [...item.matchAll(/`([^`]+)`/g)]
    .map(([, code = '']) => code)
    .filter((code) => /\bholdfast_|:holdfast/.test(code))

const queries = ofAlerts.flatMap(([, section]) => toLookAt(section).flatMap(queriesIn))

t.test('every alert has its section, and every section its alert', async (t) => {
  t.same(
    ofAlerts.map(([title]) => title),
    alertRules.map(({ alert }) => alert),
  )
})

t.test(
  'a section says what, what not, where to look, what to do, and how to silence',
  async (t) => {
    for (const [title, section] of ofAlerts) {
      const rule = alertRules.find(({ alert }) => alert === title)
      t.equal(/^\n`(\w+)`\n/.exec(section)?.[1], rule?.labels['severity'], title)
      t.same(
        [...section.matchAll(/^\*\*([A-Za-z ]+)(?:\.)?\*\*/gm)].map(([, part]) => part),
        ['Says', 'Does not say', 'Look at', 'Do', 'Silence'],
        title,
      )
      t.equal(toLookAt(section).length, 3, title)
      t.ok(toLookAt(section).flatMap(queriesIn).length >= 2, title)
    }
  },
)

t.test('every name in a query exists', async (t) => {
  for (const query of queries) t.same(unknownNames(query), [], query)
  t.ok(queries.length > 110, `${queries.length} queries`)
})

void t.test('every query is one that Prometheus takes', { skip }, async (t) => {
  const rules = queries.map((expr, at) => ({ record: `runbook:query:q${at}`, expr }))
  const folder = t.testdir({
    'queries.json': JSON.stringify({ groups: [{ name: 'runbook', rules }] }),
  })
  const { status, said } = promtool('check', 'rules', join(folder, 'queries.json'))
  t.equal(status, 0, said)
  t.match(said, `${queries.length} rules found`)
})

t.test('alerts and configuration keys that sections name exist', async (t) => {
  const alerts = new Set(alertRules.map(({ alert }) => alert))
  t.same(
    [...text.matchAll(/\bHoldfast[A-Z]\w+/g)].map(([name]) => name).filter((n) => !alerts.has(n)),
    [],
  )
  const keys = new Set(
    [...configurationDoc().matchAll(/^\| `([\w.]+)` \|/gm)].map(([, key]) => key),
  )
  const named = [...text.matchAll(/`([a-z]+(?:\.[a-z_]+)+)`/g)].map(([, key]) => key)
  t.ok(named.length > 15)
  t.same(
    named.filter((key) => !keys.has(key)),
    [],
  )
})

t.test('links lead to sections and files that exist', async (t) => {
  const slugs = [...sections.keys()].map((title) => title.toLowerCase().replaceAll(' ', '-'))
  for (const [, target = ''] of text.matchAll(/\]\(([^)]+)\)/g)) {
    if (target.startsWith('#')) t.ok(slugs.includes(target.slice(1)), target)
    else t.ok(readFileSync(join('docs', target), 'utf8').startsWith('# '), target)
  }
})
