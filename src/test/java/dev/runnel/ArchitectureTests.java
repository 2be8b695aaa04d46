package dev.runnel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Tag;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
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
 * Which package may use which, and which calls the code must not contain.
 */
@AnalyzeClasses(packages = "dev.runnel", importOptions = ImportOption.DoNotIncludeTests.class)
@Tag("one-jdk")
class ArchitectureTests {

	private static final String ROOT = "dev.runnel";

	private static final Pattern ROW = Pattern.compile("^\\| `([a-z.]+)` \\| .* \\| (.*) \\|$", Pattern.MULTILINE);

	private static final Pattern NAME = Pattern.compile("`([a-z.]+)`");

	@ArchTest
	static final ArchRule markdownIsPlainJava = classes().that()
		.resideInAPackage("dev.runnel.markdown..")
		.should()
		.onlyDependOnClassesThat(
				resideInAnyPackage("dev.runnel.markdown..", "org.commonmark..", "java..", "org.jspecify.annotations")
					.and(resideOutsideOfPackage("org.commonmark.internal..")))
		.because("exact Markdown needs neither Spring nor Reactor, and internals of a library change without notice");

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
	static final ArchRule settingsShareOneValidator = noClasses().should()
		.beAnnotatedWith("org.springframework.validation.annotation.Validated")
		.because("Spring Boot would create a validator factory for each record of settings");

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
		assertThat(classes.stream().map(JavaClass::getPackageName).distinct().filter((name) -> !name.equals(ROOT)))
			.allMatch((name) -> map.contains("{@link " + name + "}"));
	}

	/** A subscribe call without arguments, or with only a consumer of values. */
	private static boolean takesNoErrors(List<JavaClass> parameters) {
		return parameters.isEmpty() || (parameters.size() == 1 && parameters.get(0).isEquivalentTo(Consumer.class));
	}

	@ArchTest
	static void aPackageUsesThePackagesThatTheTableNames(JavaClasses classes) throws IOException {
		assertThat(uses(classes)).isEqualTo(table());
	}

	@ArchTest
	static final ArchRule packagesFormNoCycle = slices().matching("dev.runnel.(**)").should().beFreeOfCycles();

	/** Returns the packages that each package of the application uses. */
	private static Map<String, Set<String>> uses(JavaClasses classes) {
		Map<String, Set<String>> uses = new TreeMap<>();
		for (JavaClass type : classes) {
			if (!type.getPackageName().equals(ROOT)) {
				Set<String> used = uses.computeIfAbsent(below(type.getPackageName()), (name) -> new TreeSet<>());
				type.getDirectDependenciesFromSelf()
					.stream()
					.map((dependency) -> dependency.getTargetClass().getBaseComponentType().getPackageName())
					.filter((name) -> name.startsWith(ROOT + ".") && !name.equals(type.getPackageName()))
					.map(ArchitectureTests::below)
					.forEach(used::add);
			}
		}
		return uses;
	}

	private static String below(String packageName) {
		return packageName.substring(ROOT.length() + 1);
	}

	/** Returns the table of packages in {@code docs/architecture.md}. */
	private static Map<String, Set<String>> table() throws IOException {
		Map<String, Set<String>> table = new TreeMap<>();
		Matcher row = ROW.matcher(Files.readString(Path.of("docs", "architecture.md")));
		while (row.find()) {
			table.put(row.group(1),
					NAME.matcher(row.group(2))
						.results()
						.map((name) -> name.group(1))
						.collect(Collectors.toCollection(TreeSet::new)));
		}
		return table;
	}

}
