package dev.gatun.tests.house;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatun.layers.Dense;
import dev.gatun.layers.Input;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.Lstm;
import dev.gatun.tests.Fork;
import dev.gatun.tests.ProductJars;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/// The README's section "Use it in your project", short of Maven: its class and its module descriptor compile and run,
/// and its pom names this version. `StrangersBuildTest` builds it as written.
final class ReadmeProjectTest {

    private static final ReadmeProject PROJECT = ReadmeProject.read();

    @TempDir
    Path folder;

    @Test
    void theClassRunsOnTheClassPath() throws Exception {
        Path jars = ProductJars.copy(folder.resolve("lib"), ProductJars.FORMATS);
        String path;
        try (Stream<Path> all = Files.list(jars)) {
            path = all.map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        }
        Path classes = compile(List.of("-cp", path), ReadmeProject.MAIN);
        sameNumberTwice(java("--add-modules", "jdk.incubator.vector", "-cp", path + File.pathSeparator + classes,
                "example.Forecast", model().toString()));
    }

    @Test
    void theClassRunsOnTheModulePathWithoutAFlag() throws Exception {
        Path jars = ProductJars.copy(folder.resolve("lib"), ProductJars.FORMATS);
        Path classes = compile(List.of("-p", jars.toString()), ReadmeProject.MAIN, ReadmeProject.DESCRIPTOR);
        sameNumberTwice(java("-p", jars + File.pathSeparator + classes, "-m", "example.forecast/example.Forecast",
                model().toString()));
    }

    @Test
    void thePomNamesThisVersionAndTheVersionsThisProjectUses() throws Exception {
        Document pom = DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(PROJECT.write(ReadmeProject.POM, folder).toFile());
        Document parent = DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(SourceTree.ROOT.resolve("pom.xml").toFile());
        List<String> expected = List.of(
                "gatun-bom " + text(parent.getDocumentElement(), "version"),
                "gatun-formats",
                "slf4j-nop " + text(parent.getDocumentElement(), "slf4j.version"),
                "junit-jupiter " + text(parent.getDocumentElement(), "junit.version"));
        assertEquals(expected, elements(pom, "dependency").map(ReadmeProjectTest::artifact).toList());
        List<String> plugins = elements(pom, "plugin").map(ReadmeProjectTest::artifact).toList();
        assertEquals(4, plugins.size(), plugins::toString);
        List<String> ours = elements(parent, "plugin").map(ReadmeProjectTest::artifact).toList();
        assertEquals(List.of(), plugins.stream().filter(plugin -> !ours.contains(plugin)).toList());
    }

    /// The bom is for importing: it lists what is published, and nothing else.
    @Test
    void theBomListsThePublishedModules() throws Exception {
        Document bom = DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(SourceTree.ROOT.resolve("bom/pom.xml").toFile());
        assertEquals(
                List.of("gatun-memory", "gatun-data", "gatun-engine", "gatun-layers", "gatun-formats", "gatun-cli")
                        .stream()
                        .map(name -> name + " ${project.version}").toList(),
                elements(bom, "dependency").map(ReadmeProjectTest::artifact).toList());
    }

    private Path compile(List<String> path, String... files) throws Exception {
        Path classes = folder.resolve("classes");
        List<String> arguments = new ArrayList<>(path);
        arguments.addAll(List.of("-d", classes.toString()));
        for (String file : files)
            arguments.add(PROJECT.write(file, folder).toString());
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        int failed = ToolProvider.getSystemJavaCompiler().run(null, said, said, arguments.toArray(String[]::new));
        assertEquals(0, failed, said::toString);
        return classes;
    }

    /// With the shape of the demo's.
    private Path model() throws Exception {
        Path file = folder.resolve("demo.gatun");
        try (Model model = Sequential.of(Input.shape(11, 1), Lstm.units(3), Dense.units(1))) {
            model.initialize(1);
            model.save(file);
        }
        return file;
    }

    private static Fork java(String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx256m");
        command.addAll(List.of(arguments));
        return Fork.of(new ProcessBuilder(command));
    }

    static void sameNumberTwice(Fork run) {
        List<String> lines = run.lines();
        assertEquals(2, lines.size(), lines::toString);
        assertEquals(Float.parseFloat(lines.get(0)), Float.parseFloat(lines.get(1)), lines.toString());
    }

    private static Stream<Element> elements(Document document, String tag) {
        var nodes = document.getElementsByTagName(tag);
        return IntStream.range(0, nodes.getLength()).mapToObj(i -> (Element) nodes.item(i));
    }

    private static String artifact(Element element) {
        String version = text(element, "version");
        return text(element, "artifactId") + (version.isEmpty() ? "" : " " + version);
    }

    private static String text(Element parent, String tag) {
        var found = parent.getElementsByTagName(tag);
        return found.getLength() == 0 ? "" : found.item(0).getTextContent().strip();
    }
}
