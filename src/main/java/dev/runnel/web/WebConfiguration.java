package dev.runnel.web;

import reactor.core.publisher.Mono;
import reactor.netty.resources.LoopResources;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.type.LogicalType;

import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.web.reactive.BindingContext;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.result.method.HandlerMethodArgumentResolver;
import org.springframework.web.reactive.result.method.annotation.ArgumentResolverConfigurer;
import org.springframework.web.server.ServerWebExchange;

/**
 * Reads requests strictly, tells handler methods who asks, and says on which threads all
 * of this happens.
 */
@Configuration(proxyBeanMethods = false)
class WebConfiguration implements WebFluxConfigurer {

	/**
	 * A value of the wrong type is an error, never something that was meant differently.
	 * @return the customizer of the application's JSON
	 */
	@Bean
	JsonMapperBuilderCustomizer strictJson() {
		return (builder) -> builder.disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
			.disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
			.withCoercionConfig(LogicalType.Textual,
					(config) -> config.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
						.setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
						.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail));
	}

	/**
	 * One event loop a core. Nothing blocks a loop, so more of them, of which Reactor
	 * Netty makes at least four, would only take turns on the same cores. An upstream
	 * connection runs on the loop of the request that it serves, so that what arrives is
	 * sent on without another thread being woken.
	 * @return the event loops of the server and of its clients
	 */
	@Bean(destroyMethod = "dispose")
	LoopResources eventLoops() {
		return LoopResources.create("runnel", Runtime.getRuntime().availableProcessors(), true);
	}

	@Bean
	ReactorResourceFactory serverResources(LoopResources eventLoops) {
		ReactorResourceFactory resources = new ReactorResourceFactory();
		resources.setUseGlobalResources(false);
		resources.setLoopResources(eventLoops);
		return resources;
	}

	@Override
	public void configureArgumentResolvers(ArgumentResolverConfigurer configurer) {
		configurer.addCustomResolver(new VisitorArgumentResolver(), new CallerArgumentResolver());
	}

	/** Finds the visitor that the security filter recognised. */
	private static final class VisitorArgumentResolver implements HandlerMethodArgumentResolver {

		@Override
		public boolean supportsParameter(MethodParameter parameter) {
			return parameter.getParameterType() == Visitor.class;
		}

		@Override
		public Mono<Object> resolveArgument(MethodParameter parameter, BindingContext context,
				ServerWebExchange exchange) {
			return Mono.just(exchange.getRequiredAttribute(Visitor.ATTRIBUTE));
		}

	}

	/** Finds who sent the request. */
	private static final class CallerArgumentResolver implements HandlerMethodArgumentResolver {

		@Override
		public boolean supportsParameter(MethodParameter parameter) {
			return parameter.getParameterType() == Caller.class;
		}

		@Override
		public Mono<Object> resolveArgument(MethodParameter parameter, BindingContext context,
				ServerWebExchange exchange) {
			return Mono.just(Caller.of(exchange));
		}

	}

}
