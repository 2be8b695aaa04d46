package dev.runnel;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.springframework.boot.env.PropertySourceLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.Resource;

/**
 * Gives names in a {@code .env} file the same meaning as in the environment:
 * {@code RUNNEL_STREAM_GRACE} sets {@code runnel.stream.grace}. The environment overrides
 * the file.
 */
final class DotEnvPropertySourceLoader implements PropertySourceLoader {

	/** Spring Boot maps names like environment variables if a source ends like this. */
	private static final String ENVIRONMENT = "-systemEnvironment";

	@Override
	public String[] getFileExtensions() {
		return new String[] { "env" };
	}

	@Override
	public List<PropertySource<?>> load(String name, Resource resource) throws IOException {
		// For Java 25 an empty name names the current directory, whose text would be a
		// list
		// of its files.
		if (resource.getFile().isDirectory()) {
			return List.of();
		}
		Map<String, Object> values = new LinkedHashMap<>(DotEnv.parse(text(resource)));
		return List.of(new MapPropertySource(name, values),
				new SystemEnvironmentPropertySource(name + ENVIRONMENT, values));
	}

	private static String text(Resource resource) throws IOException {
		try (InputStream in = resource.getInputStream()) {
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(in.readAllBytes())).toString();
		}
		catch (CharacterCodingException ex) {
			throw new IllegalArgumentException("RUNNEL_ENV_FILE (or .env) names a file that is not UTF-8", ex);
		}
	}

}
