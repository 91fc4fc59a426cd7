// A reporter for node's test runner: plain TAP, one line a test, what went wrong as comments. (Node's own puts it into YAML
// that Perl's TAP reader does not always understand.)
const comment = (text) => String(text).split('\n').map((line) => `# ${line}\n`).join('');

export default async function* tap(events) {
    let count = 0;
    yield 'TAP version 13\n';
    for await (const { type, data } of events) {
        if (type === 'test:stdout' || type === 'test:stderr') yield comment(data.message.trimEnd());
        if (type !== 'test:pass' && type !== 'test:fail') continue;
        if (data.details?.type === 'suite') continue;
        const ok = type === 'test:pass';
        const note = data.skip !== undefined ? ' # SKIP' : data.todo !== undefined ? ' # TODO' : '';
        yield `${ok ? '' : 'not '}ok ${++count} - ${data.name.replaceAll('#', '')}${note}\n`;
        const error = data.details?.error;
        if (!ok) yield comment(error?.cause?.stack ?? error?.cause ?? error?.message ?? error);
    }
    yield `1..${count}\n`;
}
