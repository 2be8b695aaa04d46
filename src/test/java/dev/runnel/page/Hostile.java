package dev.runnel.page;

/**
 * Markdown that is expensive for a browser, in any length.
 */
enum Hostile {

	FENCES("```js\nlet x = 1;\n```\n\n"), FORMULAS("$x^2$\n\n"), DISPLAYED("$$\nx^2\n$$\n\n"),
	TABLE("| a | b |\n|---|---|\n", "| 1 | 2 |\n"), TABLES("| a | b |\n|---|---|\n| 1 | 2 |\n\n"), BULLETS("- item\n"),
	NUMBERS("1. item\n"), LOOSE("- item\n\n"), TASKS("- [ ] item\n"), LINKS("[a](https://e.x/)\n\n"),
	LINKS_IN_A_LINE("[a](https://e.x/) "), IMAGES("![a](https://e.x/y.png)\n\n"),
	QUOTES(">".repeat(20) + " lorem ipsum dolor\n\n"), WORDS("lorem ipsum "), LINE("abcdefghij"), DIGITS("12 34 "),
	CODE("```java\n", "int x = 1; // one\n"), CODE_IN_A_LINE("```java\n", "int x = 1; "), SHORT_LINES("```\n", "x\n"),
	FOOTNOTES("[^1]: a note\n\n"), HEADINGS("# h\n\n"), PARAGRAPHS("p\n\n"), RULES("---\n\n"), BREAKS("a\\\n");

	private final String head;

	private final String unit;

	Hostile(String unit) {
		this("", unit);
	}

	Hostile(String head, String unit) {
		this.head = head;
		this.unit = unit;
	}

	/** Markdown of about this length. */
	String text(int length) {
		return this.head + this.unit.repeat(length / this.unit.length());
	}

}
