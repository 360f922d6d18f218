// Documents made of the one that an audit wrote.

const clone = (value) => JSON.parse(JSON.stringify(value));

// With what comparisons, waivers and history add, with a rule of each outcome, and with rejected rows.
export function enriched(document) {
  const made = clone(document);
  made.findings.forEach((finding, i) => {
    finding.state = ['new', 'persisting', 'reopened'][i % 3];
    if (i % 5 === 0) finding.waiver = { reason: 'Agreed with the court', owner: 'Head of service', expires: '2026-12-31' };
  });
  for (const measure of made.measures)
    for (const group of measure.groups)
      group.trend = [{ as_at: '2025-09-30', population: group.population + 8 }, { as_at: '2025-12-31', population: group.population + 4, ...(group.met === undefined ? {} : { met: group.met }),
        ...(group.rate === undefined ? {} : { rate: Math.max(0, group.rate - 0.05) }), ...(group.value === undefined ? {} : { value: group.value + 1 }) }];
  made.thresholds = [{ pack: 'iro', severity: 'high', fail_if: 'count > 3', findings: 12, judged: 900, exceeded: true }];
  const [skipped, failed] = made.rules.filter((rule) => rule.failed === 0);
  Object.assign(skipped, { status: 'skipped', reason: 'the extract lacks the table X', population: 0, passed: 0, undecided: 0 });
  Object.assign(failed, { status: 'failed', reason: 'the check broke' });
  made.rejected = [{ extract: 'current', file: 'reviews.csv', line: 17, row: 16, reason: 'more cells than the header has' }];
  made.run.identifiers_shown = true;
  return made;
}

// Of a run whose baseline held every other finding.
export function compared(document) {
  const made = clone(document);
  made.run.baseline = { as_at: '2026-02-28', findings: document.findings.length };
  made.findings = made.findings.filter((finding, i) => i % 2 === 0);
  for (const finding of document.findings.filter((_, i) => i % 2 === 1))
    made.rules.find((rule) => rule.pack === finding.pack && rule.rule === finding.rule).known++;
  return made;
}

// As documents were before findings named team and worker.
export function unnamed(document) {
  const made = clone(document);
  for (const finding of made.findings) {
    delete finding.team;
    delete finding.worker;
  }
  return made;
}

// As many findings as asked for, about a child for every five.
export function enlarged(document, count) {
  const made = clone(document);
  const findings = [], timelines = [];
  const number = new Map(made.rules.map((rule, i) => [`${rule.pack}/${rule.rule}`, i]));
  for (const rule of made.rules) rule.failed = 0;
  for (let i = 0; i < count; i++) {
    const from = document.findings[i % document.findings.length];
    const finding = { ...from, id: i.toString(16).padStart(32, '0'), case: `P${String(Math.floor(i / 5)).padStart(6, '0')}`, message: `${from.message} Number ${i}.` };
    findings.push(finding);
    made.rules[number.get(`${finding.pack}/${finding.rule}`)].failed++;
    if (i % 5 === 0) timelines.push({ case: finding.case, rows: document.timelines[i % document.timelines.length].rows.slice(0, 12) });
  }
  for (const rule of made.rules) {
    rule.population = Math.max(rule.population, rule.failed + rule.undecided);
    rule.passed = rule.population - rule.failed - rule.undecided;
  }
  return { ...made, findings, timelines, proposed_escalations: [] };
}

// After the HTML5 Security Cheatsheet (html5sec.org): each would run, load or break out where text is taken
// for markup, script, an address or a style.
export const vectors = [
  '</script><script>window.pwned=1</script>', '<img src=x onerror=window.pwned=1>', '"><svg onload=window.pwned=1>',
  "'-window.pwned=1-'", '<!--<script>window.pwned=1', '--><script>window.pwned=1</script>', ']]><script>window.pwned=1</script>',
  'javascript:window.pwned=1', '<a href="javascript:window.pwned=1">x</a>', '<iframe srcdoc="<script>parent.pwned=1</script>">',
  '<form><button formaction=javascript:window.pwned=1>x', '<input onfocus=window.pwned=1 autofocus>', '<video poster=javascript:window.pwned=1>',
  '<math href="javascript:window.pwned=1">x', '<link rel=stylesheet href=http://localhost:9/x.css>', '<style>@import "http://localhost:9/x";</style>',
  '<div style="background:url(http://localhost:9/x)">', '<object data="data:text/html,<script>window.pwned=1</script>">', '<base href=http://localhost:9/>',
  '<meta http-equiv=refresh content="0;url=http://localhost:9/">', '<body onload=window.pwned=1>', '<details open ontoggle=window.pwned=1>',
  '${window.pwned=1}', '{{constructor.constructor("window.pwned=1")()}}', '`+window.pwned+`', '\u2028window.pwned=1\u2029', '__proto__', 'constructor',
  '<svg><animate onbegin=window.pwned=1 attributeName=x>', '<template><script>window.pwned=1</script></template>', '&lt;script&gt;window.pwned=1&lt;/script&gt;',
  '<x/onclick=window.pwned=1>', '\u202Egnp.exe', '\u2066isolated\u2069', '\u0000\u0007\u001b[31mred\u001b[0m', '\u009b2J', '\ufeff\u200b', '%3Cscript%3E', '#/finding/x?y=z', '../../etc/passwd',
];

// A vector in every text of the document that does not have to be one of a few words.
export function hostile(document) {
  let turn = 0;
  const bad = () => vectors[turn++ % vectors.length];
  const worse = (value) => `${value} ${bad()}`;
  const made = clone(document);
  const { run } = made;
  run.tool.version = bad();
  run.dataset = bad();
  run.notes = vectors.slice();
  for (const pack of run.packs) pack.version = bad();
  for (const plugin of run.plugins) Object.assign(plugin, { name: bad(), version: bad() });
  for (const input of run.inputs) Object.assign(input, { table: bad(), file: worse(input.file), encoding: bad() });
  for (const name of Object.keys(run.parameters)) run.parameters[name] = bad();
  run.parameters[bad()] = bad();
  for (const rule of made.rules) Object.assign(rule, { title: worse(rule.title), source: worse(rule.source), remedy: worse(rule.remedy), module: worse(rule.module), tags: [bad(), bad()] });
  const [skipped] = made.rules.filter((rule) => rule.failed === 0);
  Object.assign(skipped, { status: 'skipped', reason: bad() });
  for (const measure of made.measures) {
    Object.assign(measure, { title: worse(measure.title), unit: bad(), source: bad() });
    for (const group of measure.groups)
      group.by = Object.fromEntries(Object.entries(group.by).map(([key, value]) => [key, /^\d{4}|^\(/.test(value) ? value : worse(value)]));
  }
  const renamed = new Map();
  for (const finding of made.findings) {
    if (!renamed.has(finding.case)) renamed.set(finding.case, renamed.size < vectors.length ? vectors[renamed.size] : worse(finding.case));
    Object.assign(finding, { case: renamed.get(finding.case), message: worse(finding.message), responsible: bad(), team: bad(), worker: bad(), evidence: { [bad()]: bad(), due: bad(), late: bad() } });
    for (const record of finding.records)
      Object.assign(record, { table: worse(record.table), file: bad(), fields: Object.fromEntries(Object.keys(record.fields).map((field) => [`${field} ${bad()}`, bad()])) });
  }
  for (const timeline of made.timelines) {
    timeline.case = renamed.get(timeline.case) ?? timeline.case;
    for (const row of timeline.rows) Object.assign(row, { kind: worse(row.kind), file: bad(), fields: { [bad()]: bad() } });
  }
  for (const one of made.proposed_escalations) {
    Object.assign(one, { case: renamed.get(one.case) ?? one.case, addressee: bad() });
    for (const issue of one.issues) issue.category = bad();
  }
  made.rejected = vectors.map((vector, i) => ({ extract: 'current', file: vector, line: i + 1, reason: vector }));
  return made;
}
