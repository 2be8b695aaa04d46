package dev.runnel.markdown;

import java.util.List;

import org.commonmark.node.Block;
import org.commonmark.node.CustomBlock;
import org.commonmark.node.DefinitionMap;
import org.commonmark.node.LinkReferenceDefinition;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.parser.InlineParser;
import org.commonmark.parser.InlineParserContext;
import org.commonmark.parser.Parser;
import org.commonmark.parser.SourceLines;
import org.commonmark.parser.block.AbstractBlockParser;
import org.commonmark.parser.block.BlockContinue;
import org.commonmark.parser.block.BlockStart;
import org.commonmark.parser.block.ParserState;
import org.jspecify.annotations.Nullable;

/**
 * The library's own inline parser, prepared for wrapping. The library gives it only to
 * blocks, so it is taken from a block in a helper document. Its definition look-ups go to
 * the document that is really parsed.
 */
final class DefaultInlineParser implements InlineParser {

	/** This is no letter, because the parser does not look for blocks before a letter. */
	private static final String ANY_LINE = "%";

	private final Holder holder;

	/**
	 * @param parser the parser that {@linkplain #handing hands out} the inline parser
	 */
	DefaultInlineParser(Parser parser) {
		this.holder = (Holder) parser.parse(ANY_LINE).getFirstChild();
	}

	/**
	 * Creates a parser whose documents only hand out its inline parser.
	 */
	static Parser handing(Parser.Builder builder) {
		return builder
			.customBlockParserFactory((state, matched) -> BlockStart.of(new HolderParser()).atIndex(ANY_LINE.length()))
			.build();
	}

	/**
	 * Starts a document.
	 * @param context the context of the document
	 */
	void start(InlineParserContext context) {
		this.holder.definitions.context = context;
	}

	@Override
	public void parse(SourceLines lines, Node block) {
		this.holder.inlines().parse(lines, block);
		InlineTree.complete(block);
	}

	/** Lets go of the last block: the library's parser keeps its open brackets. */
	void release() {
		this.holder.inlines().parse(SourceLines.empty(), new Paragraph());
	}

	private static final class Holder extends CustomBlock {

		private final Definitions definitions = new Definitions();

		private @Nullable InlineParser inlines;

		private InlineParser inlines() {
			if (this.inlines == null) {
				throw new IllegalStateException("A block is given the inline parser when its document is complete");
			}
			return this.inlines;
		}

	}

	private static final class Definitions extends DefinitionMap<LinkReferenceDefinition> {

		private @Nullable InlineParserContext context;

		private Definitions() {
			super(LinkReferenceDefinition.class);
		}

		@Override
		public @Nullable LinkReferenceDefinition get(String label) {
			LinkReferenceDefinition definition = (this.context == null) ? null
					: this.context.getDefinition(LinkReferenceDefinition.class, label);
			return (definition == null || InlineLimits.isTooLong(definition)) ? null : definition;
		}

	}

	private static final class HolderParser extends AbstractBlockParser {

		private final Holder holder = new Holder();

		@Override
		public Block getBlock() {
			return this.holder;
		}

		@Override
		public BlockContinue tryContinue(ParserState state) {
			return BlockContinue.none();
		}

		@Override
		public List<DefinitionMap<?>> getDefinitions() {
			return List.of(this.holder.definitions);
		}

		@Override
		public void parseInlines(InlineParser inlineParser) {
			this.holder.inlines = inlineParser;
		}

	}

}
