package dev.gatun.tests.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatun.cli.Main;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// One run of the command line inside this JVM.
record Cli(int code, String out, String err) {

    static Cli run(Object... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true))
                .execute(Arrays.stream(args).map(Object::toString).toArray(String[]::new));
        return new Cli(code, out.toString(), err.toString());
    }

    /// Runs, and expects success.
    static Cli ok(Object... args) {
        Cli cli = run(args);
        assertEquals(0, cli.code, () -> "failed: " + cli.err);
        return cli;
    }

    /// Runs, and expects one line of refusal that holds all of these texts, and an exit code that is not 0.
    static String refused(Object[] args, String... texts) {
        Cli cli = run(args);
        assertTrue(cli.code != 0, () -> "should have been refused; it said " + cli.out);
        assertEquals("", cli.out, "a refusal says nothing on standard output");
        assertEquals(1, cli.err.lines().count(), () -> "one line, got: " + cli.err);
        for (String text : texts)
            assertTrue(cli.err.contains(text), () -> "expected '" + text + "' in: " + cli.err);
        return cli.err;
    }

    static Object[] args(Object... args) {
        return args;
    }

    /// The one JSON object on standard output.
    JsonNode json() throws Exception {
        JsonNode node = new ObjectMapper().readTree(out);
        assertTrue(node.isObject(), out);
        assertEquals(1, out.lines().count(), out);
        return node;
    }

    /// Whether a picture was written.
    static void assertPng(Path file) throws Exception {
        byte[] bytes = Files.readAllBytes(file);
        assertTrue(bytes.length > 5000 && bytes[1] == 'P' && bytes[2] == 'N' && bytes[3] == 'G', file.toString());
    }
}
