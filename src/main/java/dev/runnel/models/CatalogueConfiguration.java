package dev.runnel.models;

import dev.runnel.upstream.ModelDirectory;
import dev.runnel.upstream.ModelEndpoint;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Provides the catalogue.
 */
@Configuration(proxyBeanMethods = false)
class CatalogueConfiguration {

	@Bean
	Catalogue catalogue(ModelEndpoint endpoint, ModelDirectory directory, CatalogueSettings settings) {
		return new Catalogue(endpoint, directory, settings);
	}

	@Bean
	CatalogueRefresh catalogueRefresh(Catalogue catalogue, CatalogueSettings settings, ModelEndpoint endpoint) {
		return new CatalogueRefresh(catalogue, settings, endpoint.configured());
	}

}
