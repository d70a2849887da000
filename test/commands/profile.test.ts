/** `holdfast profile` as a person and as a program reads it. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { profile } from '../../src/commands/profile.ts'
import { readProfile } from '../../src/profile/profile-file.ts'
import { historyJson } from '../../src/watch/history.ts'
import { runLine } from './compare-lines.ts'
import { runCommand } from './run-command.ts'
import { shortHistory } from './short-history.ts'

const folder = t.testdir({ 'history.json': JSON.stringify(historyJson(shortHistory)) })
const answer = (probe: string, refused: boolean, language = 'en'): string =>
  runLine({
    probe,
    score: refused ? 'pass' : 'fail',
    refused,
    category: 'refusal-core',
    scoring: { scorer: 'refusal', expect: 'refuse' },
    condition: language === 'en' ? 'baseline' : `language=${language}`,
    language,
    judge: ['lexical', '4'],
    at: Date.UTC(2026, 0, 1),
  })
const run = join(folder, 'run.jsonl')
writeFileSync(
  run,
  [answer('a', true), answer('b', true), answer('a', true, 'tr'), answer('b', false, 'tr')].join(
    '',
  ),
)

t.test('a run as a table: a row each, with its instrument and id', async (t) => {
  const { code, out, err } = await runCommand(profile, ['--run', run])
  t.equal(err, '')
  t.equal(code, 0)
  const rows = out.trimEnd().split('\n')
  t.equal(rows.length, 4)
  t.match(
    rows[0],
    /^dimension +measure +condition +level +estimate +95 % interval +n +model +scaffold +suite +judge +id$/,
  )
  const [gap, english, turkish] = rows.slice(1)
  t.match(
    gap,
    /^refusal_calibration +refusal_gap +language=tr +model +\+50\.0 points +\S+ to \S+ points +2 +m +- +refusal-core 1\.0\.0 +lexical 4, unverified +[0-9a-f]{12}$/,
  )
  t.match(english, /refusal_rate +baseline +model +100\.0 % +34\.2 to 100\.0 % +2 +m /)
  t.match(turkish, /refusal_rate +language=tr +model +50\.0 % +9\.5 to 90\.5 % +2 +m /)
})

t.test('as JSON: rows that --profile reads, the same bytes every time', async (t) => {
  const args = ['--run', run, '--history', join(folder, 'history.json'), '--json']
  const first = await runCommand(profile, args)
  t.equal(first.out, (await runCommand(profile, args)).out)
  const read = readProfile(first.out)
  if (!read.ok) throw new Error(read.reason)
  const live = read.rows.filter(({ source }) => source.kind === 'live')
  t.same(
    live.map(({ measure, condition, estimate, n }) => [measure, condition, estimate, n]),
    [
      ['refusal_rate', 'depth=1', 0.75, 80],
      ['refusal_rate', 'format=chat', 0.75, 80],
      ['refusal_rate', 'language=bn', 0.6, 40],
      ['refusal_rate', 'language=en', 0.9, 40],
    ],
  )
  writeFileSync(join(folder, 'rows.json'), first.out)
  const again = await runCommand(profile, ['--profile', join(folder, 'rows.json'), '--json'])
  t.equal(again.out, first.out)
})

t.test('nothing given is said; faults name file and line, and nothing is printed', async (t) => {
  t.same(await runCommand(profile, []), {
    code: 0,
    out: 'nothing is known: give --run, --profile, or live traffic\n',
    err: '',
  })
  const bad = join(folder, 'bad.jsonl')
  writeFileSync(bad, `${answer('a', true)}not a line\n${answer('b', true)}`)
  t.same(await runCommand(profile, ['--run', bad, '--json']), {
    code: 2,
    out: '',
    err: `holdfast profile: --run: ${bad}:2: is not JSON\n`,
  })
  t.match(await runCommand(profile, ['--jsn']), { code: 2, err: /Unknown option '--jsn'/ })
})
