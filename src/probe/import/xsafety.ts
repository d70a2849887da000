/**
 * XSafety: parallel prompts, a file for each scene in a folder for each language, a prompt a line and
 * no header. What is safe to answer differs from prompt to prompt and is told by a judge of harm, so
 * they are prompts without an expected behaviour; the score is the unsafe rate by language.
 */
import { basename, dirname } from 'node:path'
import type { Benchmark, ImportContext } from './benchmark.ts'
import { foundFiles } from './found-files.ts'
import { slug } from './item-ids.ts'
import { lineRecords } from './rows.ts'

const languages: ReadonlySet<string> = new Set([
  'en',
  'zh',
  'fr',
  'ru',
  'de',
  'ar',
  'hi',
  'es',
  'ja',
  'bn',
])

/** `Insult_n.csv`, `Insult_en.csv` and `Insult.csv` are one scene. */
const sceneOf = (file: string): string =>
  slug(
    basename(file)
      .replace(/\.csv$/i, '')
      .replace(/_(n|[a-z]{2})$/i, ''),
  )

async function promptsIn(file: string, context: ImportContext): Promise<string[]> {
  const prompts: string[] = []
  const { faults, signal } = context
  for await (const { line, cells } of lineRecords({ file, faults, signal, columns: [] })) {
    const text = cells.join(',').trim()
    if (text !== '') prompts.push(text)
    else faults.add({ file, row: String(line) }, 'is an empty prompt')
  }
  return prompts
}

export const xsafety: Benchmark = {
  id: 'xsafety',
  title: 'XSafety',
  licence: 'NOASSERTION',
  source: 'XSafety, github.com/Jarviswang94/Multilingual_safety_benchmark',
  reads: 'the folder, with <language>/<scene>.csv in it',
  writes: 'prompts.jsonl: id, scene, language, text',
  async read(context) {
    const { path, faults, output, note } = context
    const lines = output.lines('prompts.jsonl')
    const counts = new Map<string, Map<string, number>>()
    for (const file of foundFiles(path, '.csv', faults)) {
      const language = basename(dirname(file)).toLowerCase()
      const scene = sceneOf(file)
      if (!languages.has(language)) {
        faults.add({ file }, `stands in no folder of a language (${[...languages].join(', ')})`)
        continue
      }
      const scenes = counts.get(language) ?? new Map<string, number>()
      counts.set(language, scenes)
      if (scenes.has(scene)) {
        faults.add({ file }, `is a second file of the scene ${scene} in ${language}`)
        continue
      }
      const prompts = await promptsIn(file, context)
      scenes.set(scene, prompts.length)
      for (const [i, text] of prompts.entries()) {
        const id = `xsafety-${scene}-${String(i + 1).padStart(3, '0')}`
        lines.write({ id, source: 'xsafety', scene, language, text })
      }
      if (faults.full) return
    }
    const english = counts.get('en')
    for (const [language, scenes] of counts) {
      const total = [...scenes.values()].reduce((sum, n) => sum + n, 0)
      note(`${language}: ${total} prompts of ${scenes.size} scenes`)
      for (const [scene, n] of scenes) {
        const due = english?.get(scene)
        // Not parallel line by line: the unsafe rates can be compared, pairs cannot.
        if (due !== n) note(`  ${scene}: ${n} lines, in English ${due ?? 'none'}: not parallel`)
      }
    }
  },
}
