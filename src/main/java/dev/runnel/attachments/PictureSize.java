package dev.runnel.attachments;

/**
 * The size of a picture, in pixels.
 *
 * @param width the width
 * @param height the height
 */
record PictureSize(int width, int height) {

	/** A model sees a picture in pieces of about this number of pixels for each token. */
	private static final int PIXELS_PER_TOKEN = 750;

	/** Services make a larger picture smaller before a model sees it. */
	private static final int MAX_TOKENS = 1600;

	/** A size with both sides at least as long as those of two sizes. */
	PictureSize or(PictureSize other) {
		return new PictureSize(Math.max(this.width, other.width), Math.max(this.height, other.height));
	}

	long pixels() {
		return (long) this.width * this.height;
	}

	/** An estimate of the tokens that a model reads. */
	int tokens() {
		return (int) Math.min(MAX_TOKENS, pixels() / PIXELS_PER_TOKEN + 1);
	}

}
