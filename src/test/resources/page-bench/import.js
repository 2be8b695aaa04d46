async (done) => {
	const at = new Date().toISOString();
	const text = 'A *runnel* is a **small stream**, say `h2o` & more.\n\n1. rain falls\n2. a spring comes up\n\n'
		+ '```java\nint drips = 3; // a < b\n```\n\n| where | what |\n|---|---|\n| hill | source |\n\n' + 'Quiet water runs on. '.repeat(20);
	const messages = Array.from({ length: 500 }, (_, index) => ({ id: index + 1, parent: index || null, createdAt: at,
		...(index % 2 === 0 ? { role: 'user', content: `And what about part ${index}?` } : { role: 'assistant', content: text,
			answer: { state: 'complete', reasoning: '', source: 'openrouter', model: 'small/model', finishReason: 'stop' } }) }));
	const file = { format: 'runnel-conversation', version: 1, title: 'Long', createdAt: at, updatedAt: at, messages, current: 500 };
	const response = await fetch('/api/conversations/import',
		{ method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(file) });
	done((await response.json()).imported[0].id);
}
