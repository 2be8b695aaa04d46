package dev.runnel.web;

import java.io.ByteArrayOutputStream;

import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/**
 * One JSON text that is written piece by piece, so that it never has to be in memory as a
 * whole. Used by one thread at a time.
 */
public final class JsonPieces {

	private final PieceBytes bytes = new PieceBytes();

	private final JsonGenerator json;

	/**
	 * Begins a text.
	 * @param mapper writes the values
	 */
	public JsonPieces(JsonMapper mapper) {
		this.json = mapper.createGenerator(this.bytes);
	}

	/**
	 * Where the next piece is written to.
	 * @return the generator of the whole text
	 */
	public JsonGenerator json() {
		return this.json;
	}

	/**
	 * Takes what has been written since this was called before.
	 * @return the piece, UTF-8
	 */
	public byte[] take() {
		this.json.flush();
		return this.bytes.take();
	}

	/** After a large piece it does not stay large. */
	private static final class PieceBytes extends ByteArrayOutputStream {

		private static final int KEPT = 16 * 1024;

		byte[] take() {
			byte[] piece = toByteArray();
			reset();
			if (this.buf.length > KEPT) {
				this.buf = new byte[KEPT];
			}
			return piece;
		}

	}

}
