package dev.runnel.web;

import java.io.ByteArrayOutputStream;

import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/**
 * One JSON text that is written piece by piece, so that it never has to be in memory as a
 * whole. Used by one thread at a time.
 */
public final class JsonPieces {

	private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

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
		byte[] piece = this.bytes.toByteArray();
		this.bytes.reset();
		return piece;
	}

}
