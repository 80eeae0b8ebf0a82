package dev.gatun.tests.house;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatun.layers.Dense;
import dev.gatun.layers.Input;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.tests.Fork;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a stranger does who reads the README's section "Use it in your project": installs Gatun from its sources, builds
/// the project as written, runs it. With Maven, in a scratch folder, with a local repository of its own, so that nothing
/// of this machine's is changed; what Maven has on this machine already is taken from there.
@Tag("thorough")
final class StrangersBuildTest {

    private static final ReadmeProject PROJECT = ReadmeProject.read();

    /// What a clone has and the published modules need; `perf` and `tests` are not installed.
    private static final List<String> SOURCES = List.of("pom.xml", ".mvn", "bom", "memory", "data", "engine", "layers",
            "formats", "cli", "perf/pom.xml", "tests/pom.xml");

    /// A test of the stranger's: is the flag for tests as it should be?
    private static final String TEST = """
            package example;

            import static org.junit.jupiter.api.Assertions.assertTrue;

            import org.junit.jupiter.api.Test;

            class FlagTest {
                @Test
                void testsHaveTheVectorApi() {
                    assertTrue(ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent());
                }
            }
            """;

    /// Of libraries, and of Maven's plugins.
    private static final String REPOSITORY = """
            <id>at-hand</id>
            <url>%s</url>
            <releases><checksumPolicy>ignore</checksumPolicy></releases>
            <snapshots><enabled>false</enabled></snapshots>
            """;

    private static final String SETTINGS = """
            <settings>
                <profiles>
                    <profile>
                        <id>at-hand</id>
                        <repositories>
                            <repository>%1$s</repository>
                        </repositories>
                        <pluginRepositories>
                            <pluginRepository>%1$s</pluginRepository>
                        </pluginRepositories>
                    </profile>
                </profiles>
                <activeProfiles>
                    <activeProfile>at-hand</activeProfile>
                </activeProfiles>
            </settings>
            """;

    @TempDir
    Path folder;

    @Test
    @Timeout(900)
    void theProjectOfTheReadmeBuildsAndRunsAsWritten() throws Exception {
        Path own = Path.of(System.getProperty("localRepository", System.getProperty("user.home") + "/.m2/repository"));
        Files.writeString(folder.resolve("settings.xml"), SETTINGS.formatted(REPOSITORY.formatted(own.toUri())));
        Path clone = folder.resolve("gatun");
        SOURCES.forEach(path -> copy(SourceTree.ROOT.resolve(path), clone.resolve(path)));
        maven(clone, "install", "-DskipTests", "-pl", "bom,formats", "-am");

        Path project = Files.createDirectories(folder.resolve("forecast"));
        PROJECT.write(ReadmeProject.POM, project);
        PROJECT.write(ReadmeProject.MAIN, project);
        Path test = project.resolve("src/test/java/example/FlagTest.java");
        Files.createDirectories(test.getParent());
        Files.writeString(test, TEST);
        maven(project, "package");
        assertEquals(true, Files.exists(project.resolve("target/surefire-reports/example.FlagTest.txt")));
        String model = model().toString();
        ReadmeProjectTest.sameNumberTwice(
                run(project, java(), "--add-modules", "jdk.incubator.vector", "-jar", "target/forecast.jar", model));

        PROJECT.write(ReadmeProject.DESCRIPTOR, project);
        maven(project, "package", "-DskipTests");
        ReadmeProjectTest.sameNumberTwice(run(project, java(), "-p", "target/forecast.jar:target/lib", "-m",
                "example.forecast/example.Forecast", model));
    }

    private Path model() throws IOException {
        Path file = folder.resolve("demo.gatun");
        try (Model model = Sequential.of(Input.shape(11, 1), Lstm.units(3), Dense.units(1))) {
            model.save(file);
        }
        return file;
    }

    private void maven(Path where, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(
                List.of("mvn", "-q", "-B", "-gs", folder.resolve("settings.xml").toString(),
                        "-Dmaven.repo.local=" + folder.resolve("repository")));
        command.addAll(List.of(arguments));
        Fork run = run(where, command.toArray(String[]::new));
        assertEquals(0, run.exit(), run.output());
    }

    private static Fork run(Path where, String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).directory(where.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return Fork.of(builder);
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static void copy(Path from, Path to) {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
                Path inside = from.relativize(path);
                if (inside.startsWith("target")) continue;
                Path copy = inside.toString().isEmpty() ? to : to.resolve(inside);
                Files.createDirectories(copy.getParent());
                Files.copy(path, copy);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
