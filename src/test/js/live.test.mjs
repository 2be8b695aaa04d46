import assert from 'node:assert/strict';
import test from 'node:test';
import { LiveStream } from '../../main/resources/static/js/stream/live.js';

if (!globalThis.navigator) {
	globalThis.navigator = { onLine: true };
}

const EVENTS = [
	['start', { streamId: 's-1', conversationId: 'c-1' }],
	['message', { content: 'für 🦊', patches: [] }],
	['message', { content: ' and more', patches: [] }],
	['complete', { status: 'completed' }],
];

const WIRE = EVENTS.map(([event, data], at) => `id: ${at + 1}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`);

/** A body that gives these bytes and then ends, or breaks. */
function body(bytes, breaks) {
	let sent = false;
	return new ReadableStream({
		pull(controller) {
			if (!sent) {
				sent = true;
				controller.enqueue(bytes);
			} else if (breaks) {
				controller.error(new TypeError('network'));
			} else {
				controller.close();
			}
		},
	}, { highWaterMark: 0 });
}

/** Serves the stream to `fetch`: the first time cut after so many bytes, later whole from `Last-Event-ID` on. */
function serve(cut, breaks) {
	const requests = [];
	globalThis.fetch = async (path, { method = 'GET', headers }) => {
		requests.push([method, path, headers['Last-Event-ID']]);
		const after = Number(headers['Last-Event-ID'] ?? 0);
		const bytes = new TextEncoder().encode(WIRE.slice(after).join(''));
		const first = requests.length === 1;
		return new Response(body(first ? bytes.slice(0, cut) : bytes, first && breaks), { status: 200 });
	};
	return requests;
}

async function read(begin) {
	const heard = [];
	const live = new LiveStream((name, data) => heard.push([name, data]), (connected) => {
		if (!connected) {
			setTimeout(() => live.nudge(true));
		}
	});
	await begin(live);
	return heard;
}

const START = new TextEncoder().encode(WIRE[0]).length;
const ALL = new TextEncoder().encode(WIRE.join('')).length;

for (const breaks of [false, true]) {
	test(`each event arrives once wherever the connection ${breaks ? 'breaks' : 'ends'}`, async () => {
		for (let cut = START; cut < ALL; cut++) {
			const requests = serve(cut, breaks);
			assert.deepEqual(await read((live) => live.ask({ message: 'hi' })), EVENTS, `cut at byte ${cut}`);
			assert.equal(requests.length, 2);
			assert.equal(requests[1][1], '/api/chat/stream/s-1');
		}
	});
}

test('a connection that breaks before the stream has a name is a failure, not a second question', async () => {
	const requests = serve(START - 1, true);
	await assert.rejects(read((live) => live.ask({ message: 'hi' })), { code: 'network' });
	assert.equal(requests.length, 1);
});

test('a stream that ends before it has a name was interrupted', async () => {
	serve(0, false);
	await assert.rejects(read((live) => live.ask({ message: 'hi' })), { code: 'interrupted' });
});

test('attaching reads from the start', async () => {
	const requests = serve(ALL, false);
	assert.deepEqual(await read((live) => live.attach('s-1')), EVENTS);
	assert.deepEqual(requests, [['GET', '/api/chat/stream/s-1?after=0', undefined]]);
});

test('a stream that is not known any more was interrupted', async () => {
	globalThis.fetch = async () => new Response('', { status: 404 });
	await assert.rejects(read((live) => live.attach('s-1')), { code: 'interrupted' });
});

test('a server that is away for a moment is asked again', async () => {
	let calls = 0;
	globalThis.fetch = async () => (++calls < 4 ? new Response('', { status: 503 })
		: new Response(body(new TextEncoder().encode(WIRE.join('')), false)));
	assert.deepEqual(await read((live) => live.attach('s-1')), EVENTS);
	assert.equal(calls, 4);
});

test('a refused question says what the server says, and when to try again', async () => {
	globalThis.fetch = async () => new Response(JSON.stringify({ code: 'rate_limited', detail: 'Slowly, please.' }),
		{ status: 429, headers: { 'Content-Type': 'application/problem+json', 'Retry-After': '7' } });
	await assert.rejects(read((live) => live.ask({ message: 'hi' })),
		{ code: 'rate_limited', message: 'Slowly, please.', retryAfter: 7 });
});

test('an error page that is no problem document is not shown to people', async () => {
	globalThis.fetch = async () => new Response('<h1>java.lang.NullPointerException</h1>', { status: 500 });
	await assert.rejects(read((live) => live.ask({ message: 'hi' })), ({ message }) => !message.includes('java'));
});

test('the page can react between the bytes of one long event', async () => {
	const bytes = new TextEncoder().encode(WIRE.join(''));
	const pieces = Array.from({ length: 20 }, (_, at) => bytes.slice(at * START / 20, (at + 1) * START / 20));
	globalThis.fetch = async () => new Response(new ReadableStream({
		start(controller) {
			[...pieces, bytes.slice(START)].forEach((piece) => controller.enqueue(piece));
			controller.close();
		},
	}));
	const clock = performance.now;
	const { MessageChannel } = globalThis;
	let now = 0;
	let pauses = 0;
	performance.now = () => (now += 100);
	globalThis.MessageChannel = function () {
		pauses++;
		return new MessageChannel();
	};
	try {
		assert.deepEqual(await read((live) => live.attach('s-1')), EVENTS);
	} finally {
		performance.now = clock;
		globalThis.MessageChannel = MessageChannel;
	}
	assert.ok(pauses >= 20, `${pauses} pauses`);
});
