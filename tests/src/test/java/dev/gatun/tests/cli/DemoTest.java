package dev.gatun.tests.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `gatun demo`.
final class DemoTest {

    @TempDir
    Path folder;

    @Test
    void sameBytesTwiceOnAnyNumberOfThreadsAndOthersFromAnotherSeed() throws Exception {
        Cli first = Cli.ok("demo", "--epochs", 2, "--threads", 1, "--out", folder.resolve("a"), "--json", "--quiet");
        Cli.ok("demo", "--epochs", 2, "--threads", 2, "--out", folder.resolve("b"), "--quiet");
        byte[] model = Files.readAllBytes(folder.resolve("a/demo.gatun"));
        assertArrayEquals(model, Files.readAllBytes(folder.resolve("b/demo.gatun")), "trained again, with two threads");
        assertJson(first);

        Cli other = Cli.ok("demo", "--epochs", 2, "--seed", 5, "--out", folder.resolve("c"));
        assertTrue(Files.mismatch(folder.resolve("a/demo.gatun"), folder.resolve("c/demo.gatun")) >= 0, "another seed");
        for (String text : new String[] {
            "Model: \"sequential\"", "persistence", "linear autoregression", "the same bits", "p50", "forecast.png"})
            assertTrue(other.out().contains(text), () -> "expected '" + text + "' in " + other.out());
        assertTrue(other.err().contains("epoch 2/2"), other.err());
        Cli.assertPng(folder.resolve("c/forecast.png"));
        Cli.assertPng(folder.resolve("c/loss.png"));

        Cli.ok("plot", folder.resolve("a/demo.gatun"), "--out", folder.resolve("loss.png"));
        Cli.assertPng(folder.resolve("loss.png"));
        assertTrue(Cli.ok("summary", folder.resolve("a/demo.gatun")).out().contains("Total params"));
    }

    private static void assertJson(Cli demo) throws Exception {
        assertEquals("", demo.err());
        JsonNode json = demo.json();
        assertTrue(json.get("same_bits_after_reload").asBoolean());
        assertEquals(4 * 32 * (1 + 32 + 1) + 4 * 32 * (32 + 32 + 1) + 33, json.get("parameters").asInt());
        assertEquals(33.276, json.get("scores").get(1).get("rmse").asDouble(), 0.001, "persistence, by NumPy");
        assertEquals(19.691, json.get("scores").get(2).get("rmse").asDouble(), 0.001, "least squares, by NumPy");
        assertEquals(15.262, json.get("scores").get(2).get("mae").asDouble(), 0.001, "least squares, by NumPy");
    }

    @Test
    void theFolderMayNotBeAFile() throws Exception {
        Path file = Tables.write(folder.resolve("file"), "x");
        Cli.refused(Cli.args("demo", "--out", file), "is a file", "folder");
        assertEquals("x", Files.readString(file));
    }

    @Test
    void beatsPersistenceByTheMarginPromised() throws Exception {
        JsonNode scores = Cli.ok("demo", "--out", folder, "--json", "--quiet").json().get("scores");
        double ratio = scores.get(0).get("rmse").asDouble() / scores.get(1).get("rmse").asDouble();
        assertTrue(ratio <= 0.62, "RMSE is " + ratio + " of persistence");
    }
}
