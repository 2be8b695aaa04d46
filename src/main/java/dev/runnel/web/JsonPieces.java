package dev.runnel.web;

import java.io.ByteArrayOutputStream;

import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes one JSON text in pieces, so that it is never in memory as a whole. Only one
 * thread at a time may use it.
 */
public final class JsonPieces {

	private final PieceBytes bytes = new PieceBytes();

	private final JsonGenerator json;

	/**
	 * Starts a text.
	 * @param mapper writes the values
	 */
	public JsonPieces(JsonMapper mapper) {
		this.json = mapper.createGenerator(this.bytes);
	}

	/**
	 * Returns the generator that writes the next piece.
	 * @return the generator, the same for the whole text
	 */
	public JsonGenerator json() {
		return this.json;
	}

	/**
	 * Takes the text written since the previous call.
	 * @return the piece, in UTF-8
	 */
	public byte[] take() {
		this.json.flush();
		return this.bytes.take();
	}

	/** A buffer that shrinks again after a large piece. */
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
