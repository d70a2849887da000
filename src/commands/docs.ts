/** `holdfast docs`: writes the pages that are made from the code. For maintainers; not in the usage. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { configurationDoc, jsonSchema } from '../config/describe.ts'
import { metricsDoc } from '../metrics/describe.ts'
import { profileSchema } from '../profile/profile-file.ts'
import { reportSchema } from '../report/report-document.ts'
import { stressResultSchema } from '../stress/result.ts'
import type { Command } from './command.ts'
import { errorsDoc } from './errors-doc.ts'

const schemaText = (name: string, schema: object): string =>
  `${JSON.stringify(
    {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      title: `holdfast ${name}`,
      ...schema,
    },
    undefined,
    2,
  )}\n`

/** File names under docs/ and their text. */
export const generatedDocs = (): ReadonlyMap<string, string> =>
  new Map([
    ['configuration.md', configurationDoc()],
    ['config.schema.json', `${JSON.stringify(jsonSchema(), null, 2)}\n`],
    ['errors.md', errorsDoc()],
    ['metrics.md', metricsDoc()],
    ['profile.schema.json', schemaText('profile', profileSchema)],
    ['report.schema.json', schemaText('report', reportSchema)],
    ['stress.schema.json', `${JSON.stringify(stressResultSchema, null, 2)}\n`],
  ])

export const docs: Command = {
  words: ['docs'],
  summary: 'Write the generated pages of docs/',
  help: 'Usage: holdfast docs [FOLDER]\n\nWrites the pages on configuration, errors and metrics and the JSON schemas. Default: docs.',
  async run(args, io) {
    const folder = args[0] ?? 'docs'
    mkdirSync(folder, { recursive: true })
    for (const [name, text] of generatedDocs()) writeFileSync(join(folder, name), text)
    io.stdout.write(`wrote ${generatedDocs().size} files to ${folder}\n`)
    return 0
  },
}
