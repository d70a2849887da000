/** suite.yaml: what the probes of one category have in common. */
import { coreLanguages } from '../exchange/stratum.ts'
import { type Category, categories, type ProbeClass, probeClasses } from './category.ts'
import type { Fields } from './fields.ts'
import { type ScorerId, scorerIds } from './scoring.ts'

export interface SuiteHead {
  category: Category
  version: string
  title: string
  dimension: string
  scorer: ScorerId
  class: ProbeClass
  languages: readonly string[]
  texts: 'files' | 'inline'
  itemFiles: readonly string[]
  instruction: string | undefined
  toolsFile: string | undefined
  distractorsFile: string | undefined
  depths: readonly number[]
}

const versionForm = /^(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)$/
/** A file beside suite.yaml: no folder, no way out of it. */
const fileForm = /^[a-z0-9-]+\.yaml$/

/** @param inline items stand in the same file, so none are named */
export function readHead(fields: Fields, inline: boolean): SuiteHead | undefined {
  const category = fields.oneOf('category', categories)
  const version = fields.string('version')
  const title = fields.string('title')
  fields.string('description')
  fields.string('licence')
  fields.string('source')
  const dimension = fields.string('dimension')
  const scorer = fields.oneOf('scorer', scorerIds)
  const probeClass = fields.oneOf('class', probeClasses)
  const languages = fields.strings('languages')
  const texts = fields.oneOf('texts', ['files', 'inline'])
  const itemFiles = inline ? [] : fields.strings('item_files')
  const instruction = fields.optionalString('instruction')
  const toolsFile = fileIn(fields, 'tools_file')
  const distractorsFile = fileIn(fields, 'distractors_file')
  const depths = fields.wholeNumbers('depths', 1, 64)
  if (version !== undefined && !versionForm.test(version)) {
    fields.fault(`version "${version}" is not MAJOR.MINOR.PATCH`, fields.lineOf('version'))
  }
  checkLanguages(fields, languages)
  if (!inline && itemFiles.length === 0) fields.fault('item_files names no file')
  for (const file of itemFiles) {
    if (!fileForm.test(file))
      fields.fault(`"${file}" is not NAME.yaml`, fields.lineOf('item_files'))
  }
  if (
    category === undefined ||
    version === undefined ||
    title === undefined ||
    dimension === undefined ||
    scorer === undefined ||
    probeClass === undefined ||
    texts === undefined
  ) {
    return undefined
  }
  return {
    category,
    version,
    title,
    dimension,
    scorer,
    class: probeClass,
    languages,
    texts,
    itemFiles: itemFiles.filter((file) => fileForm.test(file)),
    instruction,
    toolsFile,
    distractorsFile,
    depths,
  }
}

function checkLanguages(fields: Fields, languages: readonly string[]): void {
  if (!languages.includes('en')) {
    fields.fault('languages must hold en, the baseline', fields.lineOf('languages'))
  }
  for (const [i, language] of languages.entries()) {
    if (languages.indexOf(language) !== i) {
      fields.fault(`languages holds ${language} twice`, fields.lineOf('languages'))
    }
    if (!coreLanguages.some((core) => core === language)) {
      fields.fault(`${language} is not a language holdfast reads`, fields.lineOf('languages'))
    }
  }
}

function fileIn(fields: Fields, key: string): string | undefined {
  const file = fields.optionalString(key)
  if (file === undefined || fileForm.test(file)) return file
  return fields.fault(`${key} "${file}" is not NAME.yaml`, fields.lineOf(key))
}
