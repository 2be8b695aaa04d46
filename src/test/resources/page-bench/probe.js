// What is watched in the page while an answer comes. `deep` counts every change and so costs time itself.
const [deep, done] = arguments;
const probe = { longTasks: 0, written: 0, replaced: 0, finished: 0, samples: 0, near: 0, keys: [], shownAt: 0, writes: 0 };
window.probe = probe;
const log = document.getElementById('conversation');
const turns = document.getElementById('turns');

new PerformanceObserver((list) => (probe.longTasks += list.getEntries().length)).observe({ type: 'longtask' });
new PerformanceObserver((list) => list.getEntries().filter(({ name }) => name === 'keydown')
	.forEach(({ duration }) => probe.keys.push(duration))).observe({ type: 'event', durationThreshold: 16 });

const end = new MutationObserver((changes) => {
	for (const { addedNodes } of changes) {
		for (const node of addedNodes) {
			if (node.textContent.includes('The very last word')) {
				end.disconnect();
				requestAnimationFrame(() => (probe.shownAt = performance.timeOrigin + performance.now()));
			}
		}
	}
});
end.observe(turns, { subtree: true, childList: true });

const finished = new Set();
const known = new WeakSet();

if (deep) {
	watchWriting();
	probe.timer = setInterval(sample, 200);
}
done();

function watchWriting() {
	new MutationObserver((changes) => {
		probe.writes++;
		for (const change of changes) {
			if (change.type === 'characterData') {
				probe.written += Math.max(0, change.target.data.length - change.oldValue.length);
			} else if (!change.target.closest?.('[data-role="user"], .byline, .facts, .code-bar')) {
				[...change.addedNodes].filter((node) => !isExtra(node)).forEach((node) => (probe.written += node.textContent.length));
			}
		}
	}).observe(turns, { subtree: true, childList: true, characterData: true, characterDataOldValue: true });
}

/** What a page adds above a code block is no text of the answer. */
function isExtra(node) {
	return node.nodeType === 1 && node.matches('.code-bar');
}

/** Blocks with others behind them are finished: their elements are to stay. */
function lookAtBlocks() {
	for (const element of finished) {
		if (!element.isConnected) {
			probe.replaced++;
			finished.delete(element);
		}
	}
	const blocks = [...turns.querySelectorAll('.prose')].at(-1)?.querySelectorAll('p, h2, h3, li, pre, tr, blockquote') ?? [];
	for (const block of [...blocks].slice(0, -6)) {
		if (!known.has(block)) {
			known.add(block);
			finished.add(block);
			probe.finished++;
		}
	}
}

function sample() {
	lookAtBlocks();
	if (log.scrollHeight > log.clientHeight) {
		probe.samples++;
		probe.near += log.scrollHeight - log.clientHeight - log.scrollTop <= 60 ? 1 : 0;
	}
}
