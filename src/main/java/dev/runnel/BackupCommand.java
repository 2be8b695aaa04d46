package dev.runnel;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;

import dev.runnel.conversation.store.Backup;
import dev.runnel.conversation.store.BackupConfiguration;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The command line for backups: {@code backup FILE} and {@code restore FILE}. It uses the
 * settings of the server and starts none.
 */
final class BackupCommand {

	private static final String RESTORE = "restore";

	private static final Set<String> NAMES = Set.of("backup", RESTORE);

	private static final int FAILED = 1;

	private static final int WRONG_USE = 2;

	private BackupCommand() {
	}

	/**
	 * Returns whether the arguments name this command.
	 * @param args the arguments of the program
	 * @return false if a server is to be started
	 */
	static boolean isMeant(String... args) {
		return args.length > 0 && NAMES.contains(args[0]);
	}

	/**
	 * Runs the command.
	 * @param args the command, the file, and settings in the form --name=value
	 * @return the exit status of the process; 0 for success
	 */
	static int run(String... args) {
		if (args.length < 2 || args[1].startsWith("--")) {
			System.err.println("Usage: java -jar runnel.jar " + args[0] + " FILE [--name=value ...]");
			return WRONG_USE;
		}
		SpringApplication application = new SpringApplication(BackupConfiguration.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		try (ConfigurableApplicationContext context = application.run(Arrays.copyOfRange(args, 2, args.length))) {
			return run(context.getBean(Backup.class), args[0], Path.of(args[1]));
		}
	}

	private static int run(Backup backup, String command, Path file) {
		try {
			Map<String, Long> rows = command.equals(RESTORE) ? backup.restore(file) : backup.write(file);
			System.out.println(command + " of " + rows.get("conversation") + " conversations with "
					+ rows.get("message") + " messages: " + file);
			return 0;
		}
		catch (IOException | SQLException | IllegalArgumentException ex) {
			System.err.println("The " + command + " failed: " + ex.getMessage());
			return FAILED;
		}
	}

}
