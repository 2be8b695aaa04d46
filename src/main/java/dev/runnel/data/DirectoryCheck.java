package dev.runnel.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Warns at the start if other users of the machine can read the data directory, because
 * it contains conversations.
 */
@Component
final class DirectoryCheck {

	private static final Logger log = LoggerFactory.getLogger(DirectoryCheck.class);

	private static final Set<PosixFilePermission> OWNER = EnumSet.of(PosixFilePermission.OWNER_READ,
			PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

	private final DataSettings settings;

	DirectoryCheck(DataSettings settings) {
		this.settings = settings;
	}

	@EventListener(ApplicationReadyEvent.class)
	void check() throws IOException {
		if (!this.settings.inMemory()) {
			check(this.settings.directory());
		}
	}

	private static void check(Path directory) throws IOException {
		PosixFileAttributeView view = Files.getFileAttributeView(directory, PosixFileAttributeView.class);
		if (view == null) {
			return;
		}
		Set<PosixFilePermission> permissions = view.readAttributes().permissions();
		if (!OWNER.containsAll(permissions)) {
			log.warn("Other users of this machine can read the data directory ({}): chmod 700 {}",
					PosixFilePermissions.toString(permissions), directory);
		}
	}

}
