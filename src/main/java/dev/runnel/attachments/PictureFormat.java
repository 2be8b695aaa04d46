package dev.runnel.attachments;

import java.io.IOException;

/**
 * Copies pictures of one format without decoding them. Data that is not needed to show
 * the picture is left out: the place and the time of a photo, the names of people and
 * programs, comments, and everything behind the end.
 */
@FunctionalInterface
interface PictureFormat {

	/**
	 * Copies a picture.
	 * @param bytes the picture, and the copy
	 * @return the size of the picture, as its headers state it
	 * @throws dev.runnel.web.ProblemException if it is damaged or has too many pixels
	 * @throws IOException if a file cannot be read or written
	 */
	PictureSize copy(PictureBytes bytes) throws IOException;

}
