package dev.gatun.tests.perf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.perf.bench.Bench;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What perf/bench refuses before it measures anything, in a line that says what to do.
final class BenchOptionsTest {

    @TempDir
    Path folder;

    private String refused(String... words) {
        StringWriter err = new StringWriter();
        List<String> all = new ArrayList<>(List.of("--report", folder.resolve("report").toString()));
        all.addAll(List.of(words));
        int code = Bench.commandLine().setErr(new PrintWriter(err, true)).execute(all.toArray(String[]::new));
        assertEquals(2, code, err::toString);
        return err.toString();
    }

    private static void oneLine(String said, String... parts) {
        assertEquals(1, said.lines().count(), said);
        for (String part : parts) {
            assertTrue(said.contains(part), said);
        }
    }

    @Test
    void tasksThatAreNot() {
        oneLine(refused("--only", "SEED1,NONSENSE"), "No task is named 'NONSENSE'", "QUESTION-ONLINE");
    }

    @Test
    void numbersBelowOne() {
        oneLine(refused("--threads", "1,0"), "numbers from 1 on");
        oneLine(refused("--rounds", "0"), "numbers from 1 on");
    }

    @Test
    void onePeerOfNone() {
        oneLine(refused("--peer", "ONNX Runtime"), "--peers or --python");
        oneLine(refused("--peers", "--peer", "Nobody"), "No peer is named 'Nobody'");
    }

    @Test
    void aPythonThatIsNotThere() {
        oneLine(refused("--python", folder.resolve("no-python").toString(), "--peer", "Keras predict"),
                "Keras on TensorFlow is left out: missing: ", "no-python' cannot be run");
    }

    @Test
    void reportsThatAreNone() throws IOException {
        Path none = folder.resolve("none.json");
        oneLine(refused("--compare", none.toString(), none.toString()), "There is no file", "--json FILE");
        Path other = Files.writeString(folder.resolve("other.json"), "{\"a\": 1}");
        oneLine(refused("--compare", other.toString(), other.toString()), "is no report that --json wrote");
        Path text = Files.writeString(folder.resolve("text.json"), "hello");
        oneLine(refused("--compare", text.toString(), text.toString()), "is no report that --json wrote");
        Path empty = Files.writeString(folder.resolve("empty.json"), "{}");
        oneLine(refused("--compare", empty.toString(), empty.toString()), "no report that --json wrote");
        assertTrue(refused("--compare", empty.toString()).contains("--compare"), "two files are needed");
    }
}
