package dev.gatun.tests.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The examples in Java of README and docs compile, each as the body of a method, with the imports that the README names.
/// What an example takes as given is a field here. Whole programs have tests of their own (`ReadmeProjectTest`,
/// `DataPageTest`).
final class PageExamplesTest {

    private static final Pattern EXAMPLE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern IMPORTS = Pattern.compile("```java\n((?:import [^\n]*\n)+)```");
    private static final Pattern WHOLE = Pattern.compile("^(?:package|module|import) ");

    private static final String GIVEN = """
            static Model model, a, whole;
            static Tensor x, y, more, monday, tuesday;
            static float[] numbers;
            static float[][] one, other, third;
            static Trainer trainer;
            static ModelStream stream;
            static MemorySegment inputSegment, outputSegment;
            static int count;
            static Iterable<Samples> batches(int[] order) { return null; }
            static double schedule(long step) { return 0; }
            """;
    /// What examples call by the same name and is not the same.
    private static final String SEQUENCES = "static float[][] first, second;\n";
    private static final String OUTPUTS = "static RecurrentOutput first, second;\n";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "docs/formats.md", "docs/keras.md", "docs/own-cell.md", "docs/own-training.md",
        "docs/sequences.md", "docs/serving.md"})
    void theExamplesCompile(String page) throws Exception {
        Matcher imports = IMPORTS.matcher(SourceTree.text("README.md"));
        assertTrue(imports.find(), "README.md names the imports");
        List<String> arguments = new ArrayList<>(List.of("-proc:none", "-d", folder.toString(), "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))));
        Matcher example = EXAMPLE.matcher(SourceTree.text(page));
        List<String> names = new ArrayList<>();
        while (example.find()) {
            if (!WHOLE.matcher(example.group(1)).find()) {
                names.add("App" + names.size());
                arguments.add(write(names.getLast(), imports.group(1), example.group(1)));
            }
        }
        assertFalse(names.isEmpty(), "examples in " + page);
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        assertEquals(0, ToolProvider.getSystemJavaCompiler().run(null, said, said, arguments.toArray(String[]::new)),
                said::toString);
    }

    private String write(String name, String imports, String body) throws Exception {
        String code = body.replace("{ ... }", "{ }").replace("App.class", name + ".class");
        String source = imports + """
                import dev.gatun.formats.*;
                import dev.gatun.formats.onnx.*;
                import dev.gatun.formats.tensors.*;
                import dev.gatun.formats.torch.*;
                import dev.gatun.formats.weights.*;
                import dev.gatun.tests.own.MinimalGatedCell;
                import java.io.InputStream;
                import java.lang.foreign.MemorySegment;
                import java.nio.file.Path;
                import java.util.List;
                import java.util.Map;
                class NAME {
                GIVEN
                    static void example() throws Exception {
                BODY
                    }
                }
                """.replace("NAME", name)
                .replace("GIVEN", GIVEN + (code.contains("first.") ? OUTPUTS : SEQUENCES))
                .replace("BODY", code);
        return Files.writeString(folder.resolve(name + ".java"), source).toString();
    }
}
