/** Every sentence that the scripts put on the page. */
export const texts = {
	thinking: 'Thinking…',
	responding: 'Responding…',
	reconnecting: 'Reconnecting…',
	complete: 'Answer complete',
	stopped: 'Stopped',
	paused: 'Paused',
	copied: 'Copied',
	copy: 'Copy',
	wrap: 'Wrap',
	code: 'Code',
	table: 'Table',
	forgotten: 'The server no longer knows the messages above: this answer was made without them.',
	offline: 'You are offline. Your draft is kept.',
	endings: {
		length: 'Cut at the length limit.',
		content_filter: 'Ended by the model’s content filter.',
		stopped: 'Stopped.',
		interrupted: 'Incomplete: the answer was interrupted.',
	},
	problems: {
		network: 'The server cannot be reached. Check your connection and try again.',
		interrupted: 'The answer was interrupted before its end.',
		internal: 'Something went wrong on the server. Please try again.',
		rate_limited: 'Too many requests at once. Please wait a little.',
	},
	omitted: (count) => `This conversation is long: the model did not see its first ${count} messages.`,
	waitingWords: (count) => (count === 1 ? '1 word waiting' : `${count} words waiting`),
	tryAgainIn: (seconds) => (seconds === 1 ? 'You can try again in 1 second.' : `You can try again in ${seconds} seconds.`),
	tokens: (count) => `${count.toLocaleString()} tokens`,
	duration,
	firstToken: (milliseconds) => `first word after ${duration(milliseconds)}`,
	cost: (dollars) => `$${Number(dollars.toPrecision(2))}`,
};

function duration(milliseconds) {
	return milliseconds < 100 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}
