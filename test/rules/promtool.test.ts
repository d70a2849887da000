/** The rules as Prometheus itself reads them: its linter, and its unit tests of every alert. */
import t from 'tap'
import {
  alertFile,
  promtool,
  recordingFile,
  ruleTestFiles,
  promtoolSkip as skip,
} from './support/rule-files.ts'

void t.test('promtool finds nothing to say about the rules', { skip }, async (t) => {
  const files = [recordingFile, alertFile]
  const { status, said } = promtool('check', 'rules', '--lint=all', '--lint-fatal', ...files)
  t.equal(status, 0, said)
  t.equal(said.match(/SUCCESS/g)?.length, files.length, said)
})

void t.test('every unit test of the rules passes', { skip }, async (t) => {
  for (const file of ruleTestFiles) {
    const { status, said } = promtool('test', 'rules', file)
    t.equal(status, 0, said)
    t.match(said, /SUCCESS/)
  }
  t.ok(ruleTestFiles.length >= 10)
})
