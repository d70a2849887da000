/** Every code on the page of errors is one that is answered or logged, and the reverse. */
import { readdirSync, readFileSync } from 'node:fs'
import t from 'tap'
import { adminErrorCodes, errorsDoc, logEventNames } from '../../src/commands/errors-doc.ts'
import { configurationDoc } from '../../src/config/describe.ts'
import { ownErrors } from '../../src/proxy/own-answer.ts'
import { alertRules } from '../rules/support/rule-files.ts'

const source = (path: string): string => readFileSync(path, 'utf8')
const found = (text: string, pattern: RegExp): string[] => [
  ...new Set([...text.matchAll(pattern)].map(([, word = '']) => word)),
]

t.test('every answer of the data port is there with its status and message', async (t) => {
  const page = errorsDoc()
  for (const [code, [status, message]] of Object.entries(ownErrors)) {
    t.ok(page.includes(`| \`${code}\` | ${status} | ${message} | `), code)
  }
  t.equal(Object.keys(ownErrors).length, 13)
  t.notMatch(page, /\| {2}\|/, 'no cell is empty')
})

t.test('every code of the admin port is answered, and every answer is there', async (t) => {
  const admin = readdirSync('src/admin')
    .filter((name) => name.endsWith('.ts'))
    .map((name) => source(`src/admin/${name}`))
    .join('\n')
  const answered = [
    ...found(admin, /error: '(\w+)'/g),
    ...found(admin, /error: isClients \? '(\w+)'/g),
    ...found(admin, /error: isClients \? '\w+' : '(\w+)'/g),
    ...found(/const statuses[^}]+\}/s.exec(admin)?.[0] ?? '', /^ {2}(\w+): \d/gm),
  ]
  t.same([...new Set(answered)].sort(), [...adminErrorCodes].sort())
})

t.test('every event of the log is there, and no other', async (t) => {
  const logged = found(source('src/log.ts'), /logger\.\w+\((?:[^'\n]*, )?'(\w+)'\)/g)
  const spread = found(source('src/log.ts'), /^ {6,}'(\w+)'\)?,?$/gm)
  t.same([...new Set([...logged, ...spread, 'internal_error'])].sort(), [...logEventNames].sort())
})

t.test('keys and alerts that the page names exist', async (t) => {
  const page = errorsDoc()
  const keys = found(configurationDoc(), /^\| `([\w.]+)` \|/gm)
  const named = found(page, /`((?:proxy|drain|log|operator|drift)\.[a-z_]+)`/g)
  t.ok(named.length >= 6)
  t.same(
    named.filter((key) => !keys.includes(key)),
    [],
  )
  const alerts = alertRules.map(({ alert }) => alert)
  t.same(
    found(page, /(Holdfast[A-Z]\w+)/g).filter((name) => !alerts.includes(name)),
    [],
  )
})

t.test('the committed page is the generated one', async (t) => {
  t.equal(source('docs/errors.md'), errorsDoc())
})
