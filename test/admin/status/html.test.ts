import t from 'tap'
import { escapeHtml, Html, html } from '../../../src/admin/status/html.ts'

void t.test('every value is text, in elements and in attributes', async (t) => {
  const hostile = `<script>alert("1")</script>&'\``
  t.equal(
    html`<b title="${hostile}">${hostile}</b>`.text,
    '<b title="&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&#39;&#96;">' +
      '&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&#39;&#96;</b>',
  )
})

void t.test('what is Html stays, in lists too; undefined is nothing, 0 is a number', async (t) => {
  const items = ['a', '<b>'].map((item) => html`<li>${item}</li>`)
  t.equal(
    html`<ul>${items}</ul>${undefined}${0}${new Html('<hr>')}`.text,
    '<ul><li>a</li><li>&lt;b&gt;</li></ul>0<hr>',
  )
})

void t.test('what nobody sees, or turns the text, is shown by its code', async (t) => {
  t.equal(escapeHtml('gpt\u202e4\u200b\u0000\n'), 'gpt\\u{202e}4\\u{200b}\\u{0}\\u{a}')
  t.equal(escapeHtml('\ud800'), '\\u{d800}', 'half of a pair')
  t.equal(escapeHtml('বাংলা ภาษา 中文 👍'), 'বাংলা ภาษา 中文 👍')
})
