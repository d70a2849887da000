import t from 'tap'
import { html } from '../../../src/admin/status/html.ts'
import { facts, table } from '../../../src/admin/status/table.ts'

void t.test('a table has a caption, scopes, and a region that a keyboard can scroll', async (t) => {
  const made = table({
    id: 'x',
    caption: 'Tools <a>',
    columns: [{ head: 'Tool' }, { head: 'n', number: true }, { head: 'More', wide: true }],
    rows: [[html`${'<img src=x onerror=alert(1)>'}`, html`3`, html`m`]],
  })
  t.equal(
    made.text,
    `<div class="scroll" role="region" tabindex="0" aria-labelledby="x-caption">
<table id="x"><caption id="x-caption">Tools &lt;a&gt;</caption>
<thead><tr><th scope="col" class="">Tool</th><th scope="col" class="num">n</th><th scope="col" class="wide">More</th></tr></thead>
<tbody><tr><th scope="row">&lt;img src=x onerror=alert(1)&gt;</th><td class="num">3</td><td class="wide">m</td></tr>
</tbody></table></div>`,
  )
})

void t.test('facts are names and what they are', async (t) => {
  t.equal(
    facts([
      ['Model', '<m>'],
      ['Link', html`<a href="/">x</a>`],
    ]).text,
    '<dl class="facts"><div><dt>Model</dt><dd>&lt;m&gt;</dd></div><div><dt>Link</dt><dd><a href="/">x</a></dd></div></dl>',
  )
})
