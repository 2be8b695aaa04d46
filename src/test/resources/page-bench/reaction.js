// Records how late the page reacts, from its first script on: the longest time from a key to the next frame.
{
	let key = 0;
	let seen = -1;
	new PerformanceObserver((list) => list.getEntries().filter(({ name }) => name === 'keydown')
		.forEach(({ duration }) => (key = Math.max(key, duration)))).observe({ type: 'event', durationThreshold: 16, buffered: true });
	const frames = [];
	new PerformanceObserver((list) => frames.push(...list.getEntries())).observe({ type: 'long-animation-frame', buffered: true });
	const sum = (list, of) => list.reduce((all, one) => all + of(one), 0);
	window.reaction = {
		begin() {
			[key, frames.length] = [0, 0];
		},
		isQuiet() {
			const prose = document.querySelector('.prose');
			const size = (prose?.childElementCount ?? 0) * 1e6 + (prose?.lastElementChild?.childElementCount ?? 0);
			const quiet = size === seen;
			seen = size;
			return quiet;
		},
		report: () => String(Math.round(key)).padStart(6),
		frames: () => frames.toSorted((one, other) => other.duration - one.duration).slice(0, 4).map((frame) => [
			`${Math.round(frame.startTime)}+${Math.round(frame.duration)}: before rendering ${Math.round((frame.renderStart || frame.startTime + frame.duration) - frame.startTime)},`,
			`style and layout ${frame.styleAndLayoutStart ? Math.round(frame.startTime + frame.duration - frame.styleAndLayoutStart) : 0},`,
			`scripts ${Math.round(sum(frame.scripts, ({ duration }) => duration))}, forced ${Math.round(sum(frame.scripts, ({ forcedStyleAndLayoutDuration }) => forcedStyleAndLayoutDuration))}`,
			...frame.scripts.toSorted((one, other) => other.duration - one.duration).slice(0, 3).map(({ duration, invoker, sourceURL, sourceFunctionName, sourceCharPosition, forcedStyleAndLayoutDuration }) =>
				`\n        ${Math.round(duration)} (${Math.round(forcedStyleAndLayoutDuration)}) ${invoker} ${sourceURL.split('/').at(-1)}:${sourceFunctionName}:${sourceCharPosition}`),
		].join(' ')).join('\n    '),
	};
}
