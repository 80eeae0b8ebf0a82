package dev.gatun.tests.house;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.source.util.JavacTask;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The Javadoc of the public packages is complete and sound: a sentence for each class and method, every parameter,
/// every result, every exception; javac's doclint says so. Packages internal to Gatun (`engine`, `layers.plan`) and the
/// command line are left out.
final class DoclintTest {

    /// Each after those it uses.
    private static final List<String> ROOMS = List.of("memory", "data", "engine", "layers", "formats");

    private static final String PACKAGES = "dev.gatun.memory,dev.gatun.data,dev.gatun.data.time,dev.gatun.layers,dev.gatun.layers.graph,dev.gatun.layers.value,dev.gatun.layers.model,"
            + "dev.gatun.layers.onnx,dev.gatun.layers.type,dev.gatun.layers.serve,dev.gatun.layers.train,dev.gatun.formats,"
            + "dev.gatun.formats.gatun,dev.gatun.formats.keras,dev.gatun.formats.onnx,dev.gatun.formats.tensors,dev.gatun.formats.weights";

    @TempDir
    Path classes;

    @Test
    void theJavadocOfThePublicPackagesIsComplete() throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var found = new DiagnosticCollector<JavaFileObject>();
        try (var files = compiler.getStandardFileManager(found, Locale.ROOT, null)) {
            // One unit without modules: what is checked is what is public, whichever module it is in.
            var options = List.of("-proc:none", "-Xlint:none", "-Xmaxwarns", "100000", "-Xmaxerrs", "100000",
                    "-Xdoclint:all/protected", "-Xdoclint/package:" + PACKAGES, "--add-modules",
                    "jdk.incubator.vector", "-d", classes.toString(), "-cp", libraries());
            var task = (JavacTask) compiler.getTask(null, files, found, options, null,
                    files.getJavaFileObjectsFromPaths(sources()));
            task.analyze();
        }
        List<String> said = found.getDiagnostics().stream()
                .filter(diagnostic -> !diagnostic.getCode().equals("compiler.warn.incubating.modules"))
                .map(DoclintTest::line)
                .toList();
        assertEquals("", String.join("\n", said), said.size() + " to mend");
    }

    private static String line(Diagnostic<? extends JavaFileObject> diagnostic) {
        String where = diagnostic.getSource() == null
                ? ""
                : SourceTree.ROOT.relativize(Path.of(diagnostic.getSource().toUri())) + ":"
                        + diagnostic.getLineNumber() + ": ";
        return where + diagnostic.getMessage(Locale.ROOT).lines().findFirst().orElse("");
    }

    private static List<Path> sources() throws IOException {
        List<Path> sources = new ArrayList<>();
        for (String room : ROOMS) {
            try (Stream<Path> all = Files.walk(SourceTree.ROOT.resolve(room).resolve("src/main/java"))) {
                all.filter(path -> path.toString().endsWith(".java") && !path.endsWith("module-info.java")).sorted()
                        .forEach(sources::add);
            }
        }
        return sources;
    }

    /// Not Gatun's own classes, but everything else on the class path of the tests.
    private static String libraries() {
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return String.join(File.pathSeparator, Stream.of(path.split(File.pathSeparator))
                .filter(entry -> entry.endsWith(".jar") && !entry.contains("gatun-")).toList());
    }
}
