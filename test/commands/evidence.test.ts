/** What the command prints and answers, over real folders. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import t, { type Test } from 'tap'
import { evidence } from '../../src/commands/evidence.ts'
import { conversationKeysOf, userKeysOf } from '../../src/enrich/known-identity.ts'
import { tenantKeys } from '../../src/stages/evidence-records.ts'
import { at, exchangeRecord, segmentOf } from '../evidence/segment-bytes.ts'

async function run(args: string[], env: NodeJS.ProcessEnv = {}) {
  const stdout = new PassThrough()
  const stderr = new PassThrough()
  const signal = new AbortController().signal
  const text = { out: '', err: '' }
  stdout.on('data', (bytes: Buffer) => (text.out += bytes.toString()))
  stderr.on('data', (bytes: Buffer) => (text.err += bytes.toString()))
  const code = await evidence.run(args, { stdout, stderr, env, signal })
  await new Promise(setImmediate)
  return { code, ...text }
}

const secret = Buffer.alloc(32, 'k')
const segment = `evidence-${String(at).padStart(15, '0')}-0000000a-000000.seg`

function folderOf(t: Test): { folder: string; secretFile: string } {
  const root = t.testdir({ evidence: {}, secret: secret.toString() })
  const [anna] = userKeysOf(secret, 'anna')
  const chat = conversationKeysOf(secret, 'chat-9')[1] ?? ''
  const values = [
    exchangeRecord(1, { user: anna ?? '' }),
    exchangeRecord(2, { tenant: tenantKeys(secret)('acme'), verdict: 'complied' }),
    exchangeRecord(3, { conversation: chat, language: 'fr' }),
    exchangeRecord(4, { user: anna ?? '' }),
  ]
  writeFileSync(join(root, 'evidence', segment), segmentOf(values))
  return { folder: join(root, 'evidence'), secretFile: join(root, 'secret') }
}

t.test('list shows the newest first, a line each', async (t) => {
  const { folder } = folderOf(t)
  t.same(await run(['list', '--folder', folder, '--limit', '2', '--language', 'de']), {
    code: 0,
    err: '',
    out: `at                                id      kind  language           set      what               by or of
2026-03-01T12:00:04.000Z  0000000a-4  exchange        de  unclassified   refused  lexical 0.90, model-a
2026-03-01T12:00:02.000Z  0000000a-2  exchange        de  unclassified  complied  lexical 0.90, model-a
`,
  })
  t.same((await run(['list', '--folder', folder, '--language', 'sw'])).out, 'No record fits.\n')
  t.same((await run(['list', '--folder', join(folder, 'none')])).out, 'No record fits.\n')
})

t.test('the folder comes from a flag, the environment or the configuration', async (t) => {
  const { folder, secretFile } = folderOf(t)
  const config = join(folder, '..', 'holdfast.yaml')
  writeFileSync(
    config,
    `upstream: http://h\nevidence: {folder: ${folder}}\nidentity: {secret_file: ${secretFile}}\n`,
  )
  for (const [args, env] of [
    [['--folder', folder, '--secret-file', secretFile], {}],
    [[], { HOLDFAST_EVIDENCE_FOLDER: folder, HOLDFAST_IDENTITY_SECRET_FILE: secretFile }],
    [['--config', config], {}],
    [[], { HOLDFAST_CONFIG: config }],
  ] as const) {
    const told = await run(['export', ...args, '--user-id', 'anna'], env)
    t.equal(told.code, 0, told.err)
    t.equal(told.out.split('\n').length, 3)
  }
})

t.test('export writes JSON lines, oldest first, of what fits', async (t) => {
  const { folder } = folderOf(t)
  const all = await run(['export', '--folder', folder])
  const lines = all.out.trimEnd().split('\n')
  t.same(
    lines.map((line) => JSON.parse(line) as unknown),
    [1, 2, 3, 4].map((n) => ({
      ...exchangeRecord(n),
      ...(JSON.parse(lines[n - 1] ?? '') as object),
      id: `0000000a-${n}`,
    })),
  )
  const some = await run([
    'export',
    '--folder',
    folder,
    '--from',
    '2026-03-01T12:00:02Z',
    '--to',
    '2026-03-01T12:00:04Z',
  ])
  t.equal(some.out.trimEnd().split('\n').length, 2)
})

t.test('show prints every field of one record, or says that there is none', async (t) => {
  const { folder } = folderOf(t)
  const shown = await run(['show', '0000000a-3', '--folder', folder])
  t.match(shown, { code: 0, out: /^language {12,}fr$/m })
  t.match(shown.out, /^detectors {12,}\["unclear_rate","refusal_gap"\]$/m)
  t.same(await run(['show', '0000000a-9', '--folder', folder]), {
    code: 1,
    out: '',
    err: 'holdfast evidence: there is no record of this id\n',
  })
})

t.test('verify counts what is intact, names damage by byte, and ends with 1', async (t) => {
  const { folder } = folderOf(t)
  t.match(await run(['verify', '--folder', folder]), {
    code: 0,
    out: /\n4 records in 1 segments are intact\.\n$/,
  })
  const bytes = readFileSync(join(folder, segment))
  bytes[100] = (bytes[100] ?? 0) ^ 1
  writeFileSync(join(folder, segment), bytes)
  const damaged = await run(['verify', '--folder', folder])
  t.equal(damaged.code, 1)
  t.match(damaged.out, /\n3 records in 1 segments are intact\.\n/)
  t.match(damaged.out, /-000000\.seg: damaged at byte 32, \d+ bytes\n$/)
  t.match(await run(['list', '--folder', folder]), { code: 0, err: /-000000\.seg: damaged\n/ })
  const told = JSON.parse((await run(['verify', '--folder', folder, '--json'])).out) as object
  t.match(told, {
    segments: [{ records: 3, faults: [{ at: 32, what: 'damaged' }] }],
    interrupted: [],
  })
  t.match(await run(['verify', '--folder', join(folder, 'none')]), {
    code: 1,
    err: /none cannot be read or written \(ENOENT\)\n$/,
  })
})

for (const [args, ids, count] of [
  [['--user-id', 'anna'], ['2', '3'], 2],
  [['--user', userKeysOf(secret, 'anna')[0] ?? ''], ['2', '3'], 2],
  [['--tenant-id', 'acme'], ['1', '3', '4'], 1],
  [['--conversation-id', 'chat-9'], ['1', '2', '4'], 1],
  [['--user-id', 'bert'], ['1', '2', '3', '4'], 0],
] as const) {
  t.test(`forget ${args.join(' ')}`, async (t) => {
    const { folder, secretFile } = folderOf(t)
    const told = await run(['forget', ...args, '--folder', folder, '--secret-file', secretFile])
    t.same(told, {
      code: 0,
      err: '',
      out: `${count} records are forgotten, in ${count === 0 ? 0 : 1} segments.\n`,
    })
    const left = (await run(['export', '--folder', folder])).out
    t.same(
      [...left.matchAll(/"id":"0000000a-(\d)"/g)].map(([, id]) => id),
      ids,
    )
    t.same(readdirSync(folder), [segment])
  })
}

t.test('what cannot be used is named, all at once, and nothing is done', async (t) => {
  const { folder } = folderOf(t)
  const told = (...args: string[]) => run(args)
  t.match(await told(), { code: 2, err: /say list, show, export, verify or forget/ })
  t.match(await told('delete', '--folder', folder), { code: 2 })
  t.match(await told('list'), { code: 2, err: /--folder: is missing/ })
  t.match(await told('forget', '--folder', folder), { code: 2, err: /name a user/ })
  t.match(await told('forget', '--folder', folder, '--language', 'de', '--user', 'k'), {
    code: 2,
    err: /--language: is no option of this command/,
  })
  t.match(await told('forget', '--folder', folder, '--user-id', 'anna'), {
    code: 2,
    err: /--secret-file: is missing/,
  })
  t.match(await told('show', '--folder', folder), { code: 2, err: /show needs one ID/ })
  t.same(
    (await told('list', '--folder', folder, '--from', 'noon', '--verdict', 'no', '--limit', '0'))
      .err,
    `holdfast evidence: --verdict: must be one of refused, partial, hedged_compliance, complied, unclear
holdfast evidence: --from: is not a time as 2026-01-31T00:00:00Z
holdfast evidence: --limit: must be a whole number from 1 on
holdfast evidence --help says what it takes.
`.replace(/(.*verdict.*\n)(.*from.*\n)/, '$2$1'),
  )
  t.same((await run(['export', '--folder', folder])).out.trimEnd().split('\n').length, 4)
})
