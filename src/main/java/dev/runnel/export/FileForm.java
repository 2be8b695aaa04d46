package dev.runnel.export;

/**
 * The format of a JSON file. {@code docs/export.md} describes it.
 */
public final class FileForm {

	/** The value of the field {@code format}. */
	public static final String NAME = "runnel-conversation";

	/** The version of the format. It is written, and no other version is read. */
	public static final int VERSION = 1;

	private FileForm() {
	}

}
