package dev.gatun.tests.mended;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.gatun.GatunProblem;
import dev.gatun.formats.keras.KerasFormat;
import dev.gatun.formats.tensors.Npy;
import dev.gatun.formats.tensors.SafetensorsProblem;
import dev.gatun.formats.tensors.SafetensorsWriter;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Input;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.Shared;
import dev.gatun.tests.formats.GatunModels;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the first hour: models come from streams and from paths of any file system, and go there. */
class Mended00AnyPathTest {

    @TempDir
    Path folder;

    @Test
    void aModelGoesThroughStreams() throws IOException {
        Path file = folder.resolve("model.gatun");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Model model = GatunModels.rich(1)) {
            model.save(file);
            model.save(out, "gatun");
        }
        assertArrayEquals(Files.readAllBytes(file), out.toByteArray());
        AtomicBoolean closed = new AtomicBoolean();
        InputStream in = new FilterInputStream(new ByteArrayInputStream(out.toByteArray())) {
            @Override
            public int read(byte[] target, int start, int length) throws IOException {
                return super.read(target, start, Math.min(length, 77)); // As a network does.
            }

            @Override
            public void close() {
                closed.set(true);
            }
        };
        ByteArrayOutputStream again = new ByteArrayOutputStream();
        try (Model loaded = Model.load(in)) {
            loaded.save(again, "safetensors");
        }
        assertArrayEquals(out.toByteArray(), again.toByteArray());
        assertTrue(!closed.get(), "the stream is the caller's");
    }

    /** Larger than what a stream is first read into. */
    @Test
    void aLargeModelGoesThroughAStream() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Model model = Sequential.of(Input.shape(900), Dense.units(900))) {
            model.save(out, "gatun");
            try (Model loaded = Model.load(new ByteArrayInputStream(out.toByteArray()))) {
                assertArrayEquals(model.weights().get(0).get().toArray(), loaded.weights().get(0).get().toArray());
            }
        }
    }

    @Test
    void damagedStreamsAreRefusedInOneLine() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Model model = GatunModels.rich(1)) {
            model.save(out, "gatun");
        }
        byte[] whole = out.toByteArray();
        for (int length = 9; length < whole.length; length += 97) {
            byte[] cut = Arrays.copyOf(whole, length);
            FormatException told = assertThrows(FormatException.class,
                    () -> Model.load(new ByteArrayInputStream(cut)));
            assertTrue(told.problem().orElseThrow() instanceof SafetensorsProblem, told.getMessage());
            assertTrue(told.getMessage().startsWith("the stream"), told.getMessage());
        }
        IOException broken = assertThrows(IOException.class, () -> Model.load(new InputStream() {
            private int left = 2000;

            @Override
            public int read() throws IOException {
                if (left == 0) {
                    throw new IOException("connection reset");
                }
                return whole[2000 - left--] & 0xFF;
            }
        }));
        assertTrue(broken.getMessage().contains("connection reset"), broken.getMessage());
        assertTrue(assertThrows(NullPointerException.class, () -> Model.load((InputStream) null)).getMessage()
                .contains("resource"));
    }

    @Test
    void aModelLivesInsideAnArchive() throws IOException {
        Path archive = folder.resolve("models.jar");
        byte[] plain;
        try (FileSystem zip = FileSystems.newFileSystem(archive, Map.of("create", "true"));
                Model model = GatunModels.rich(1);
                Model other = GatunModels.rich(2)) {
            Path file = zip.getPath("/models/lstm.gatun");
            assertTrue(assertThrows(IOException.class, () -> model.save(file)).getMessage().contains("does not exist"));
            Files.createDirectory(zip.getPath("/models"));
            other.save(file);
            model.save(file);
            try (Stream<Path> files = Files.list(zip.getPath("/models"))) {
                assertEquals(List.of(file.toString()), files.map(Path::toString).toList());
            }
            plain = Files.readAllBytes(file);
            Npy.write(zip.getPath("/x.npy"), Tensor.zeros(3));
            assertEquals(3, Npy.read(zip.getPath("/x.npy")).shape().elements());
        }
        try (FileSystem zip = FileSystems.newFileSystem(archive);
                Model loaded = Model.load(zip.getPath("/models/lstm.gatun"))) {
            Path again = folder.resolve("again.gatun");
            loaded.save(again);
            assertArrayEquals(plain, Files.readAllBytes(again));
            assertThrows(IOException.class, () -> Model.load(zip.getPath("/absent.gatun")));
        }
        try (FileSystem zip = FileSystems.newFileSystem(archive, Map.of("accessMode", "readOnly"));
                Model model = GatunModels.rich(1)) {
            String message = assertThrows(IOException.class, () -> model.save(zip.getPath("/m.gatun"))).getMessage();
            assertTrue(message.contains("cannot be written") && message.lines().count() == 1, message);
        }
    }

    @Test
    void aFileOfKerasComesFromEverywhere() throws IOException {
        Assumptions.assumeTrue(Shared.root().isPresent(), Shared.ABSENT);
        Path file = Shared.find("fixtures/files/keras3_a_tiny_C2.keras").orElseThrow();
        Path archive = folder.resolve("keras.zip");
        byte[] whole = Files.readAllBytes(file);
        try (FileSystem zip = FileSystems.newFileSystem(archive, Map.of("create", "true"));
                Model expected = Model.load(file)) {
            Files.copy(file, zip.getPath("/m.keras"));
            same(expected, Model.load(zip.getPath("/m.keras")));
            same(expected, Model.load(new ByteArrayInputStream(whole)));
            same(expected, KerasFormat.of(zip.getPath("/m.keras")).model());
        }
        String message = assertThrows(FormatException.class,
                () -> Model.load(new ByteArrayInputStream(Arrays.copyOf(whole, 5000)))).getMessage();
        assertTrue(message.startsWith("the stream: is not a whole .keras file"), message);
    }

    private static void same(Model expected, Model got) {
        try (got) {
            for (int i = 0; i < expected.weights().size(); i++) {
                assertArrayEquals(expected.weights().get(i).get().toArray(), got.weights().get(i).get().toArray());
            }
        }
    }

    @Test
    void onlyFormatsThatAreWrittenGoToAStream() {
        try (Model model = GatunModels.rich(1)) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            assertTrue(assertThrows(IOException.class, () -> model.save(out, "nam")).getMessage().contains("gatun"));
            assertTrue(assertThrows(IOException.class, () -> model.save(out, "h5")).getMessage().contains(".gatun"));
            assertEquals(0, out.size());
        }
    }

    @Test
    void aMissingConfigurationIsToldOfAStreamToo() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new SafetensorsWriter().tensor("t", Tensor.zeros(2))
                .writeTo(Channels.newChannel(out));
        FormatException told = assertThrows(FormatException.class,
                () -> Model.load(new ByteArrayInputStream(out.toByteArray())));
        assertEquals(GatunProblem.NOT_A_MODEL, told.problem().orElseThrow());
    }
}
