package dev.runnel;

import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Lets names in a {@code .env} file mean what they mean in the environment:
 * {@code RUNNEL_STREAM_GRACE} there sets {@code runnel.stream.grace}. The file stays
 * where it was among the sources, so that the environment still wins over it.
 */
final class DotEnvPostProcessor implements EnvironmentPostProcessor, Ordered {

	/** Sources with this ending are read by the rules of the environment. */
	private static final String ENVIRONMENT = "-systemEnvironment";

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		MutablePropertySources sources = environment.getPropertySources();
		for (PropertySource<?> source : sources) {
			if (source.getName().contains(".env]") && source instanceof EnumerablePropertySource<?> file) {
				sources.addBefore(source.getName(), asEnvironment(file));
			}
		}
	}

	private static SystemEnvironmentPropertySource asEnvironment(EnumerablePropertySource<?> file) {
		Map<String, Object> values = new LinkedHashMap<>();
		for (String name : file.getPropertyNames()) {
			values.put(name, String.valueOf(file.getProperty(name)));
		}
		return new SystemEnvironmentPropertySource(file.getName() + ENVIRONMENT, values);
	}

}
