const ACRONYMS = /^(?:c|css|csv|html|http|ini|json|jsx|php|r|scss|sql|svg|toml|tsx|xml|yaml)$/;

/** Languages whose names are more than a capital letter and the word that names them in Markdown. */
const NAMES = {
	'c#': 'C#', 'c++': 'C++', cpp: 'C++', cs: 'C#', csharp: 'C#', golang: 'Go', graphql: 'GraphQL', javascript: 'JavaScript',
	js: 'JavaScript', kt: 'Kotlin', latex: 'LaTeX', md: 'Markdown', objectivec: 'Objective-C', powershell: 'PowerShell', ps1: 'PowerShell',
	py: 'Python', rb: 'Ruby', rs: 'Rust', sh: 'Shell', tex: 'LaTeX', ts: 'TypeScript', typescript: 'TypeScript', txt: 'Text', yml: 'YAML',
};

/** The name of a language as people write it. */
export function languageName(word) {
	const key = word.toLowerCase();
	if (Object.hasOwn(NAMES, key)) {
		return NAMES[key];
	}
	return ACRONYMS.test(key) ? key.toUpperCase() : word.charAt(0).toUpperCase() + word.slice(1);
}
