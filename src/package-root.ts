/** The folder of this package, from src/ and from any file of dist/: the one above that has a package.json. */
import { existsSync } from 'node:fs'

function find(): URL {
  let folder = new URL('.', import.meta.url)
  while (!existsSync(new URL('package.json', folder))) {
    const above = new URL('..', folder)
    if (above.href === folder.href) throw new Error(`no package.json above ${import.meta.url}`)
    folder = above
  }
  return folder
}

export const packageRoot = find()
