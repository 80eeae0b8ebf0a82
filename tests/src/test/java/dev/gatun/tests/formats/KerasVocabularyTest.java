package dev.gatun.tests.formats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.layers.IntegerLookup;
import dev.gatun.layers.model.Model;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.kernels.Bits;
import dev.gatun.tests.parity.KerasDump;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that Keras 3.15 wrote after {@code adapt}: the vocabularies lie beside the configuration. */
class KerasVocabularyTest {

    private static final String ENTRY = "assets/layers/integer_lookup/vocabulary.txt";

    @TempDir
    private Path folder;

    private Path file(String name) throws IOException {
        try (InputStream in = KerasVocabularyTest.class.getResourceAsStream("/keras-vocabularies/" + name + ".keras")) {
            return Files.write(folder.resolve(name + ".keras"), in.readAllBytes());
        }
    }

    /** With another vocabulary, or none. */
    private Path changed(String name, String vocabulary) throws IOException {
        Path target = folder.resolve("changed.keras");
        try (ZipFile from = new ZipFile(file(name).toFile());
                ZipOutputStream to = new ZipOutputStream(Files.newOutputStream(target))) {
            for (ZipEntry entry : from.stream().toList()) {
                boolean isChanged = entry.getName().equals(ENTRY);
                if (!isChanged || vocabulary != null) {
                    to.putNextEntry(new ZipEntry(entry.getName()));
                    to.write(isChanged
                            ? vocabulary.getBytes(StandardCharsets.UTF_8)
                            : from.getInputStream(entry).readAllBytes());
                }
            }
        }
        return target;
    }

    /** What the file and the one written of it predict. */
    private int[] predicted(String name, int... numbers) throws IOException {
        Tensor x = Tensor.ofInts(numbers, 1, numbers.length);
        try (Model model = Model.load(file(name))) {
            Tensor y = model.predict(x);
            Path again = folder.resolve("again.keras");
            model.save(again);
            try (Model read = Model.load(again)) {
                assertArrayEquals(y.toIntArray(), read.predict(x).toIntArray());
            }
            KerasDump.keep("Vocabulary " + name, again, List.of(x), List.of(y));
            return y.toIntArray();
        }
    }

    @Test
    void idsAreThoseOfKeras() throws IOException {
        assertArrayEquals(new int[] {4, 3, 6, 0, 1}, predicted("adapted_lookup_oov2", 5, 7, -3, 0, 44));
        assertArrayEquals(new int[] {7, 5, -1, 9, -3}, predicted("adapted_lookup_inverted", 1, 2, 0, 3, 4));
    }

    /** Groups are numbered in the order of the configuration, and in models that are layers anew. */
    @Test
    void everyLayerHasItsOwn() throws IOException {
        List<Tensor> x = List.of(Tensor.ofInts(new int[] {2, 1, 5}, 1, 3), Tensor.ofInts(new int[] {9, 7, 3}, 1, 3));
        try (Model model = Model.load(file("adapted_lookups"))) {
            List<Tensor> y = model.predict(x);
            assertArrayEquals(new int[] {2, 3, 0}, y.get(0).toIntArray());
            assertArrayEquals(new int[] {1, 2, 0}, y.get(1).toIntArray());
            float[] rows = model.weights().getFirst().get().toArray();
            float[] embedded = y.get(2).toArray();
            assertArrayEquals(new float[] {rows[0], rows[1], rows[2], rows[3], rows[4], rows[5]},
                    new float[] {embedded[0], embedded[1], embedded[2], embedded[6], embedded[7], embedded[8]});
            Path again = folder.resolve("again.keras");
            model.save(again);
            try (Model read = Model.load(again)) {
                List<Tensor> same = read.predict(x);
                for (int i = 0; i < 2; i++) {
                    assertArrayEquals(y.get(i).toIntArray(), same.get(i).toIntArray());
                }
                Bits.same(embedded, same.get(2).toArray(), "written and read");
            }
            KerasDump.keep("Vocabularies of several layers", again, x, y);
        }
    }

    @Test
    void whatIsNoVocabularyIsRefusedByLayer() throws IOException {
        refused(null, "'integer_lookup' (IntegerLookup)", ENTRY, "adapt");
        refused("-1\n7\nx", ENTRY, "'x' in line 3");
        refused("-1\n99999999999", ENTRY, "32 bits");
        refused("-1\n7\n7", "once", "7 twice");
        refused("0\n-1\n-1", "at least one number");
        refused("1".repeat(2 << 20), ENTRY, "unpacks", "200 times");
        refused("1".repeat(70 << 20), ENTRY, "at most 67108864");
        try (Model model = Model.load(changed("adapted_lookup_oov2", "0\r\n-1\r\n-1\r\n8\r\n"))) {
            IntegerLookup layer = (IntegerLookup) model.graph().layers().stream().map(each -> each.layer())
                    .filter(IntegerLookup.class::isInstance).findFirst().orElseThrow();
            assertEquals(List.of(8), layer.tokens());
        }
    }

    private void refused(String vocabulary, String... parts) throws IOException {
        Path file = changed("adapted_lookup_oov2", vocabulary);
        String said = assertThrows(IOException.class, () -> Model.load(file).close()).getMessage();
        assertEquals(1, said.lines().count(), said);
        for (String part : parts) {
            assertTrue(said.contains(part), () -> "expected '" + part + "' in: " + said);
        }
    }
}
