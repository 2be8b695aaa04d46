/** The names of programming languages as people write them, each with the words that name it in Markdown. */
const NAMES = new Map([
	'JavaScript js mjs cjs|TypeScript ts|JSX|TSX|Python py|Java|C|C++ cpp cc|C# csharp cs|F# fsharp fs|Go golang|Rust rs',
	'Kotlin kt|Swift|Ruby rb|PHP|Perl pl|Lua|R|Scala|Haskell hs|Elixir ex|Erlang erl|Clojure clj|Dart|Julia jl|Zig',
	'Objective-C objectivec objc|MATLAB|Groovy|Visual_Basic vb vbnet|Shell sh|Bash|Zsh|PowerShell ps1|SQL|GraphQL gql',
	'HTML|XML|SVG|CSS|SCSS|Less|Sass|JSON jsonc|YAML yml|TOML|INI|CSV|Markdown md|LaTeX tex|Dockerfile docker',
	'Makefile make|CMake|Nginx|Diff patch|Terraform tf hcl|Protocol_Buffers protobuf proto|WebAssembly wasm wat|Vue|Svelte',
	'Text txt plain plaintext|Console shellsession|HTTP|Regex|Assembly asm',
].flatMap((line) => line.split('|')).flatMap((entry) => {
	const [name, ...words] = entry.split(' ');
	return [name.toLowerCase(), ...words].map((word) => [word, name.replace('_', ' ')]);
}));

/** @returns {string} the name of a language; the word itself if the language is unknown */
export function languageName(word) {
	return NAMES.get(word.toLowerCase()) ?? word;
}
