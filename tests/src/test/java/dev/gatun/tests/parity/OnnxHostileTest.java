package dev.gatun.tests.parity;

import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.Imported;
import dev.gatun.formats.onnx.OnnxFormat;
import dev.gatun.layers.model.ModelSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Damaged ONNX files as models: a model, or one sentence, in time. */
final class OnnxHostileTest {

    private static final Duration LONGEST = Duration.ofSeconds(20);
    private static final int FLIPS = 150;

    @TestFactory
    List<DynamicTest> damagedFilesAreModelsOrRefused() throws IOException, URISyntaxException {
        Path cases = Path.of(OnnxHostileTest.class.getResource("/onnx/mapping").toURI());
        try (Stream<Path> files = Files.list(cases)) {
            return files.filter(file -> file.toString().endsWith(".onnx")).sorted()
                    .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> damage(file))).toList();
        }
    }

    private static void damage(Path file) throws IOException {
        byte[] whole = Files.readAllBytes(file);
        Random random = new Random(file.getFileName().toString().hashCode());
        assertTimeout(LONGEST, () -> {
            for (int length = 0; length < whole.length; length += 64) {
                byte[] cut = new byte[length];
                System.arraycopy(whole, 0, cut, 0, length);
                read(cut, "cut to " + length);
            }
            for (int flip = 0; flip < FLIPS; flip++) {
                byte[] changed = whole.clone();
                int at = random.nextInt(changed.length);
                changed[at] = (byte) (flip % 3 == 0 ? 0xFF : flip % 3 == 1 ? 0 : random.nextInt(256));
                read(changed, "byte " + at + " changed to " + changed[at]);
            }
        });
    }

    private static void read(byte[] bytes, String what) throws IOException {
        try (ModelSource source = ModelSource.of(new ByteArrayInputStream(bytes));
                Imported read = new OnnxFormat().read(source)) {
            assertTrue(read.model().parameterCount() >= 0, what);
        } catch (FormatException told) {
            assertTrue(told.getMessage().length() > 10, what);
        } catch (RuntimeException | Error other) {
            throw new AssertionError(what, other);
        }
    }
}
