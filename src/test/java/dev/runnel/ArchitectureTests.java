package dev.runnel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.function.Consumer;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.jspecify.annotations.NullMarked;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which package may use which, and what the code as a whole does not do.
 */
@AnalyzeClasses(packages = "dev.runnel", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	@ArchTest
	static final ArchRule markdownIsPlainJava = classes().that()
		.resideInAPackage("dev.runnel.markdown..")
		.should()
		.onlyDependOnClassesThat(
				resideInAnyPackage("dev.runnel.markdown..", "org.commonmark..", "java..", "org.jspecify.annotations")
					.and(resideOutsideOfPackage("org.commonmark.internal..")))
		.because("exact Markdown needs neither Spring nor Reactor, and internals of a library change without notice");

	@ArchTest
	static final ArchRule webKnowsNoFeature = mayUse("web");

	@ArchTest
	static final ArchRule processKnowsNoFeature = mayUse("process");

	@ArchTest
	static final ArchRule memoryKnowsNoFeature = mayUse("memory", "web");

	@ArchTest
	static final ArchRule dataKnowsNoFeature = mayUse("data");

	@ArchTest
	static final ArchRule upstreamKnowsNoFeature = mayUse("upstream");

	@ArchTest
	static final ArchRule streamKnowsOnlyWhoAsks = mayUse("stream", "memory", "process", "web");

	@ArchTest
	static final ArchRule securityKnowsWhoAsksAndWhereFilesAre = mayUse("security", "data", "web");

	@ArchTest
	static final ArchRule limitsKnowWhoAsksAndMemory = mayUse("limits", "memory", "web");

	@ArchTest
	static final ArchRule conversationsKnowTheWordsOfUpstream = mayUse("conversation", "data", "web", "upstream",
			"memory", "process");

	@ArchTest
	static final ArchRule catalogueAsksUpstream = mayUse("catalogue", "upstream", "web");

	@ArchTest
	static final ArchRule pageShowsModelsAndConversations = mayUse("page", "catalogue", "conversation", "markdown",
			"upstream", "web");

	@ArchTest
	static final ArchRule libraryShowsConversations = mayUse("library", "conversation", "markdown", "catalogue",
			"upstream", "web");

	@ArchTest
	static final ArchRule exportPutsConversationsIntoFiles = mayUse("export", "conversation", "markdown", "upstream",
			"memory", "web");

	@ArchTest
	static final ArchRule chatBringsAllTogether = mayUse("chat", "conversation", "upstream", "markdown", "stream",
			"catalogue", "limits", "web");

	@ArchTest
	static final ArchRule portsDoNotKnowTheirAdapters = noClasses().that()
		.resideInAnyPackage("dev.runnel.upstream", "dev.runnel.stream")
		.should()
		.dependOnClassesThat(resideInAnyPackage("dev.runnel.upstream.*..", "dev.runnel.stream.*.."))
		.because("adapters are found by interface, never by name");

	@ArchTest
	static final ArchRule adaptersDoNotKnowEachOther = slices().matching("dev.runnel.upstream.(*)..")
		.should()
		.notDependOnEachOther();

	@ArchTest
	static final ArchRule nothingBlocks = noClasses().should()
		.callMethodWhere(target(nameMatching("block(First|Last|Optional)?"))
			.and(target(owner(resideInAPackage("reactor.core.publisher..")))))
		.because("a thread that waits serves nobody");

	@ArchTest
	static final ArchRule noErrorGoesUnseen = noClasses().should()
		.callMethodWhere(target(name("subscribe")).and(target(owner(resideInAPackage("reactor.core.publisher.."))))
			.and(describe("take no errors", (call) -> takesNoErrors(call.getTarget().getRawParameterTypes()))))
		.because("an error that nobody takes is an error that nobody sees");

	@ArchTest
	static final ArchRule nothingDependsOnTheMachinesLanguage = noClasses().should()
		.callMethod(String.class, "toLowerCase")
		.orShould()
		.callMethod(String.class, "toUpperCase")
		.orShould()
		.callMethod(String.class, "format", String.class, Object[].class)
		.orShould()
		.callMethod(DateTimeFormatter.class, "ofPattern", String.class)
		.because("a machine may be set to Turkish, which has another i, or to Arabic, which has other digits");

	@ArchTest
	static final ArchRule nothingIsInjectedIntoFields = noFields().should()
		.beAnnotatedWith("org.springframework.beans.factory.annotation.Autowired")
		.because("a constructor says what a class needs");

	@ArchTest
	static void everyPackageIsNullMarked(JavaClasses classes) {
		assertThat(classes.stream().map(JavaClass::getPackage).distinct())
			.allMatch((javaPackage) -> javaPackage.isAnnotatedWith(NullMarked.class));
	}

	@ArchTest
	static void theMapHasEveryPackage(JavaClasses classes) throws IOException {
		String map = Files.readString(Path.of("src", "main", "java", "dev", "runnel", "package-info.java"));
		assertThat(classes.stream().map(JavaClass::getPackageName).distinct()).allMatch(
				(name) -> map.contains(name) || map.contains("{@code " + name.substring(name.lastIndexOf('.') + 1)));
	}

	/** A bare call, or one with nothing but a consumer of the good values. */
	private static boolean takesNoErrors(List<JavaClass> parameters) {
		return parameters.isEmpty() || (parameters.size() == 1 && parameters.get(0).isEquivalentTo(Consumer.class));
	}

	private static ArchRule mayUse(String feature, String... others) {
		String[] allowed = new String[others.length + 1];
		allowed[0] = "dev.runnel." + feature + "..";
		for (int i = 0; i < others.length; i++) {
			allowed[i + 1] = "dev.runnel." + others[i] + "..";
		}
		return classes().that()
			.resideInAPackage("dev.runnel." + feature + "..")
			.should()
			.onlyDependOnClassesThat(resideInAnyPackage(allowed).or(not(resideInAPackage("dev.runnel.."))))
			.because("arrows between features go one way");
	}

}
