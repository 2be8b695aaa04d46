package dev.runnel.markdown;

import org.commonmark.node.CustomNode;

/**
 * An inline element that was written as a pair of {@linkplain HarmlessTag tags}.
 */
final class HarmlessElement extends CustomNode {

	private final String name;

	HarmlessElement(String name) {
		this.name = name;
	}

	String name() {
		return this.name;
	}

}
