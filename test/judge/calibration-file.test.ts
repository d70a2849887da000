import { join } from 'node:path'
import t from 'tap'
import { readCalibrationFile } from '../../src/judge/calibration-file.ts'
import { calibrationText } from '../../src/judge/calibration-write.ts'
import { exampleCalibration } from './calibration-example.ts'

const none = () => ({ sensitivity: undefined, specificity: undefined, ac1: undefined })

void t.test('a file is read; one that cannot be says why', async (t) => {
  const dir = t.testdir({
    'good.json': calibrationText(exampleCalibration, none),
    'bad.json': '{',
    'big.json': ' '.repeat(4_194_305),
    folder: {},
  })
  t.ok(readCalibrationFile(join(dir, 'good.json')).ok)
  for (const [name, reason] of [
    ['bad.json', 'is not JSON'],
    ['big.json', 'is over 4194304 bytes'],
    ['folder', 'is a directory'],
    ['none.json', 'does not exist'],
  ] as const) {
    t.same(readCalibrationFile(join(dir, name)), { ok: false, faults: [{ key: 'file', reason }] })
  }
})
