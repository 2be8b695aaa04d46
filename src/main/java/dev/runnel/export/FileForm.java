package dev.runnel.export;

/**
 * The form of a JSON file, which {@code docs/export.md} describes.
 */
public final class FileForm {

	/** The name of the form in a file. */
	public static final String NAME = "runnel-conversation";

	/** The version of the form that is written, and the only one that is read. */
	public static final int VERSION = 1;

	private FileForm() {
	}

}
