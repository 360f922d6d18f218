// A child: all findings and the timeline.
import { head, type Findings } from '../data';
import { fragment, h } from '../dom';
import { caseName, escalations, link, samePlace, severityTag, stateTag, table, tag, timeline } from '../parts';
import { count, severities, visible } from '../words';

export async function childView(findings: Findings, caseNumber: number): Promise<DocumentFragment> {
  const key = findings.columns.cases[caseNumber];
  const numbers = [...findings.byCase[caseNumber]].sort((a, b) =>
    severities.indexOf(findings.rule(a).severity) - severities.indexOf(findings.rule(b).severity) || a - b);
  const [details, rows] = await Promise.all([Promise.all(numbers.map((i) => findings.detail(i))), findings.timeline(caseNumber)]);
  const records = details.flatMap((finding) => finding.records);
  return fragment(
    h('p.govuk-body-s.app-print-hide', {}, link('findings?group=case', 'Findings by child')),
    h('h1.govuk-heading-l', { tabindex: '-1' }, caseName(key)),
    h('p.govuk-body-l', {}, `${count(numbers.length, 'finding')}.`),
    escalations(head.proposed_escalations.filter((one) => one.case === key)),
    table('Findings', [{ name: 'Finding' }, { name: 'Severity' }, { name: 'What happened' }, { name: 'Who is to act' }],
      numbers.map((i) => [
        [link(`finding/${findings.id(i)}`, visible(findings.rule(i).title)), ' ', findings.waived[i] === 1 && tag('Waived'), ' ', findings.state(i) && stateTag(findings.state(i))],
        severityTag(findings.rule(i).severity), visible(findings.columns.message[i]), findings.actors(i).map(visible).join(' · ')]), 'm'),
    h('h2.govuk-heading-m', {}, 'Timeline'),
    timeline(rows, (row) => records.some((record) => record.role === 'subject' && samePlace(record, row))),
  );
}
