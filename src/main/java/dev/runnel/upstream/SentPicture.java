package dev.runnel.upstream;

import java.util.List;

/**
 * A picture as a model has sent it, unchecked and in memory. Whoever has stored or
 * refused it closes it.
 */
public interface SentPicture extends AutoCloseable {

	/**
	 * Returns the content.
	 * @return the bytes in pieces, in order
	 */
	List<byte[]> pieces();

	/** Releases the memory. Closing again does nothing. */
	@Override
	void close();

}
