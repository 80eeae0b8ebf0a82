package dev.gatun.tests.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program in docs/data.md compiles and runs as it stands there, and its model beats persistence. */
class DataPageTest {

    private static final Pattern PROGRAM = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @TempDir
    Path folder;

    @Test
    void theProgramOfThePageRuns() throws Exception {
        Matcher program = PROGRAM.matcher(Files.readString(Path.of("..", "docs", "data.md")));
        assertTrue(program.find());
        Path source = Files.writeString(folder.resolve("Sales.java"), program.group(1));
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        assertEquals(0, ToolProvider.getSystemJavaCompiler().run(null, said, said, "-proc:none", "-cp", path, "-d",
                folder.toString(), source.toString()), said::toString);

        List<String> lines = run();
        assertEquals(List.of("LSTM", "persistence", "linear autoregression"),
                lines.stream().map(line -> line.substring(0, line.indexOf(':'))).toList());
        double[] errors = lines.stream().mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(':') + 1)))
                .toArray();
        assertTrue(errors[0] < errors[1] / 2, lines::toString);
    }

    private List<String> run() throws Exception {
        PrintStream before = System.out;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            loader.loadClass("Sales").getMethod("main", String[].class).invoke(null, (Object) new String[0]);
        } finally {
            System.setOut(before);
        }
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
