import t from 'tap'
import { parseCalibration } from '../../src/judge/calibration-read.ts'
import { calibrationText } from '../../src/judge/calibration-write.ts'
import { exampleCalibration as calibration } from './calibration-example.ts'

const none = () => ({ sensitivity: undefined, specificity: undefined, ac1: undefined })

void t.test(
  'what is written is read back the same, whatever the order of the entries',
  async (t) => {
    const text = calibrationText(calibration, none)
    const read = parseCalibration(text)
    t.ok(read.ok)
    const sorted = ['', 'de', 'de', 'en', 'en', 'en']
    if (!read.ok) return
    t.same(
      read.calibration.entries.map(({ language }) => language ?? ''),
      sorted,
    )
    t.same(new Set(read.calibration.entries), new Set(calibration.entries))
    t.same({ ...read.calibration, entries: [] }, { ...calibration, entries: [] })
    const reversed = { ...calibration, entries: calibration.entries.toReversed() }
    t.equal(calibrationText(reversed, none), text)
  },
)

void t.test(
  'an entry is one line with its figures; without entries the file is one too',
  async (t) => {
    const figure = { est: 0.95, lo: 0.91, hi: 0.97 }
    const text = calibrationText(calibration, (entry) => ({
      ...none(),
      sensitivity: entry.language === 'en' && entry.family === undefined ? figure : undefined,
    }))
    t.match(
      text,
      '\n    {"language":"en","refused":{"n":200,"right":190},"complied":{"n":200,"right":196},"sensitivity":{"est":0.95,"lo":0.91,"hi":0.97}},\n',
    )
    t.ok(parseCalibration(text).ok)
    t.ok(parseCalibration(calibrationText({ ...calibration, entries: [] }, none)).ok)
  },
)
