package dev.gatun.tests.formats;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.tensors.Safetensors;
import dev.gatun.formats.tensors.SafetensorsFile;
import dev.gatun.formats.tensors.SafetensorsWriter;
import dev.gatun.formats.tensors.TensorInfo;
import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;
import dev.gatun.memory.Tensor;
import dev.gatun.memory.TensorArena;
import dev.gatun.tests.Shared;
import dev.gatun.tests.fixture.FixtureTensor;
import dev.gatun.tests.fixture.SafetensorsReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsTest {

    @TempDir
    Path folder;

    @Test
    void writtenTensorsAndMetadataComeBack() throws IOException {
        Path file = folder.resolve("a.safetensors");
        float[] odd = {Float.NaN, Float.NEGATIVE_INFINITY, -0f, Float.MIN_VALUE, 1e38f, 3};
        new SafetensorsWriter()
                .metadata("format", "gatun")
                .metadata("config", "{\"units\": 3}\n\u00e4\ud83d\ude00\u0000")
                .tensor("z", Tensor.of(odd, 2, 3))
                .tensor("scalar", Tensor.of(new float[] {7}))
                .tensor("empty", Tensor.zeros(4, 0, 2))
                .tensor("", Tensor.of(new float[] {1, 2}, 2))
                .write(file);
        try (SafetensorsFile read = Safetensors.read(file)) {
            assertEquals(List.of("config", "format"), List.copyOf(read.metadata().keySet()));
            assertEquals("{\"units\": 3}\n\u00e4\ud83d\ude00\u0000", read.metadata().get("config"));
            assertEquals(List.of("", "empty", "scalar", "z"), read.tensors().stream().map(TensorInfo::name).toList());
            assertArrayEquals(odd, read.tensor("z").toArray());
            assertEquals(Shape.of(), read.tensor("scalar").shape());
            assertEquals(7, read.tensor("scalar").get());
            assertEquals(Shape.of(4, 0, 2), read.tensor("empty").shape());
            assertArrayEquals(new double[] {1, 2}, read.doubles(""));
            assertTrue(read.contains("z"));
            assertFalse(read.contains("y"));
        }
    }

    @Test
    void theBytesAreTheReferenceWriters() throws IOException {
        Path file = folder.resolve("a.safetensors");
        new SafetensorsWriter()
                .tensor("b", Tensor.of(new float[] {1}, 1))
                .tensor("a", Tensor.zeros(1, 2))
                .metadata(Map.of("y", "2", "x", "1"))
                .write(file);
        String header = "{\"__metadata__\":{\"x\":\"1\",\"y\":\"2\"},"
                + "\"a\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8]},"
                + "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[8,12]}}";
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        int length = Math.toIntExact(bytes.getLong());
        byte[] text = new byte[length];
        bytes.get(text);
        assertEquals(header + " ".repeat(length - header.length()), new String(text, StandardCharsets.UTF_8));
        assertEquals(0, length % 8);
        assertTrue(length - header.length() < 8);
        assertEquals(12, bytes.remaining());
    }

    @Test
    void theOrderOfAddingDoesNotMatterAndNamesSortAsUtf8() throws IOException {
        // By UTF-16 units the emoji would come before U+FF5E; by UTF-8 bytes it comes after.
        List<String> names = List.of("b", "a", "\ud83d\ude00", "\uff5e", "a/b", "A");
        byte[] bytes = write(names);
        assertArrayEquals(bytes, write(names.reversed()));
        try (SafetensorsFile read = Safetensors.read(file(bytes))) {
            assertEquals(
                    List.of("A", "a", "a/b", "b", "\uff5e", "\ud83d\ude00"),
                    read.tensors().stream().map(TensorInfo::name).toList());
        }
    }

    private byte[] write(List<String> names) throws IOException {
        SafetensorsWriter writer = new SafetensorsWriter();
        names.forEach(name -> writer.tensor(name, Tensor.of(new float[] {name.length()}, 1)));
        Path file = folder.resolve("order.safetensors");
        writer.write(file);
        return Files.readAllBytes(file);
    }

    @Test
    void paddedRowsAreWrittenWithoutPaddingAndReadAroundIt() throws IOException {
        Path file = folder.resolve("a.safetensors");
        try (TensorArena arena = TensorArena.open("test")) {
            Tensor padded = arena.tensor("padded", Shape.of(2, 3, 5), 16);
            Tensor target = arena.tensor("target", Shape.of(2, 3, 5), 8);
            for (long row = 0; row < 6; row++) {
                for (long column = 0; column < 5; column++) {
                    padded.set(10 * row + column, row / 3, row % 3, column);
                }
            }
            target.segment().fill((byte) 1);
            float canary = target.segment().get(JAVA_FLOAT, 5 * 4);
            new SafetensorsWriter().tensor("t", padded).write(file);
            try (SafetensorsFile read = Safetensors.read(file)) {
                assertEquals(2 * 3 * 5 * 4, read.info("t").bytes());
                read.copyTo("t", target);
                assertArrayEquals(padded.toArray(), target.toArray());
                assertArrayEquals(padded.toArray(), read.tensor("t").toArray());
                for (long row = 0; row < 6; row++) {
                    for (long pad = 5; pad < 8; pad++) {
                        long bytes = (row * 8 + pad) * 4;
                        assertEquals(canary, target.segment().get(JAVA_FLOAT, bytes));
                    }
                }
                assertThrows(ShapeException.class, () -> read.copyTo("t", Tensor.zeros(6, 5)));
            }
        }
    }

    @Test
    void tensorsLargerThanTheWritersChunkComeBack() throws IOException {
        Path file = folder.resolve("a.safetensors");
        float[] values = new float[200_003];
        for (int index = 0; index < values.length; index++) {
            values[index] = index * 0.37f;
        }
        try (TensorArena arena = TensorArena.open("test")) {
            Tensor padded = arena.tensor("padded", Shape.of(2, 70_001), 70_016);
            Tensor.of(Arrays.copyOf(values, 140_002), 2, 70_001).copyTo(padded);
            new SafetensorsWriter().tensor("long", Tensor.of(values, values.length)).tensor("rows", padded).write(file);
            try (SafetensorsFile read = Safetensors.read(file)) {
                assertArrayEquals(values, read.tensor("long").toArray());
                assertArrayEquals(padded.toArray(), read.tensor("rows").toArray());
            }
        }
    }

    @Test
    void aSourceIsAskedWhenItsTurnHasComeAndMustKeepItsWord() throws IOException {
        Path file = folder.resolve("a.safetensors");
        new SafetensorsWriter().tensor("t", Shape.of(2), () -> Tensor.of(new float[] {1, 2}, 2)).write(file);
        byte[] before = Files.readAllBytes(file);
        SafetensorsWriter liar = new SafetensorsWriter().tensor("t", Shape.of(2), () -> Tensor.zeros(3));
        assertThrows(ShapeException.class, () -> liar.write(file));
        assertArrayEquals(before, Files.readAllBytes(file));
    }

    @Test
    void theWriterRefusesWhatTheReaderWould() {
        Path file = folder.resolve("a.safetensors");
        Tensor one = Tensor.zeros(1);
        FormatException twice = assertThrows(
                FormatException.class, () -> new SafetensorsWriter().tensor("t", one).tensor("t", one).write(file));
        assertEquals("DUPLICATE_KEY", twice.problem().orElseThrow().name());
        SafetensorsWriter writer = new SafetensorsWriter();
        assertThrows(IllegalArgumentException.class, () -> writer.tensor("__metadata__", one));
        assertThrows(IllegalArgumentException.class, () -> writer.tensor("\ud83d", one));
        assertThrows(IllegalArgumentException.class, () -> writer.metadata("k", "\ude00"));
        Shape manyAxes = Shape.of(Collections.nCopies(65, 1L).stream().mapToLong(Long::longValue).toArray());
        assertThrows(FormatException.class, () -> writer.tensor("m", manyAxes, () -> one).write(file));
        assertFalse(Files.exists(file));
    }

    @Test
    void everyReadableDtypeIsConverted() throws IOException {
        assertDoubles("F64", 8, b -> b.putDouble(0.1).putDouble(-3), 0.1, -3);
        assertDoubles("F32", 4, b -> b.putFloat(0.1f).putFloat(-3), 0.1f, -3);
        assertDoubles("F16", 2, b -> b.putShort((short) 0x3C00).putShort((short) 0xC100), 1, -2.5);
        assertDoubles("BF16", 2, b -> b.putShort((short) 0x3F80).putShort((short) 0xC020), 1, -2.5);
        assertDoubles("I8", 1, b -> b.put((byte) 127).put((byte) -128), 127, -128);
        assertDoubles("U8", 1, b -> b.put((byte) 127).put((byte) -1), 127, 255);
        assertDoubles("BOOL", 1, b -> b.put((byte) 0).put((byte) 1), 0, 1);
        assertDoubles("I16", 2, b -> b.putShort((short) 300).putShort((short) -2), 300, -2);
        assertDoubles("U16", 2, b -> b.putShort((short) 300).putShort((short) -2), 300, 65534);
        assertDoubles("I32", 4, b -> b.putInt(70000).putInt(-2), 70000, -2);
        assertDoubles("U32", 4, b -> b.putInt(70000).putInt(-2), 70000, 4294967294.0);
        assertDoubles("I64", 8, b -> b.putLong(1L << 40).putLong(-2), 1L << 40, -2);
        assertDoubles("U64", 8, b -> b.putLong(1L << 40).putLong(-1L), 1L << 40, 0x1p64);
    }

    private void assertDoubles(
            String dtype, int bytes, UnaryOperator<ByteBuffer> data, double first, double second)
            throws IOException {
        byte[] numbers = data.apply(ByteBuffer.allocate(2 * bytes).order(ByteOrder.LITTLE_ENDIAN)).array();
        byte[] whole = SafetensorsBytes.of(SafetensorsBytes.entry("t", dtype, "[2]", 0, 2L * bytes), numbers);
        try (SafetensorsFile read = Safetensors.read(file(whole))) {
            assertArrayEquals(new double[] {first, second}, read.doubles("t"), dtype);
            assertArrayEquals(new float[] {(float) first, (float) second}, read.tensor("t").toArray(), dtype);
        }
    }

    @Test
    void aClosedFileSaysSoAndWhatItGaveStays() throws IOException {
        SafetensorsFile read = Safetensors.read(file(write(List.of("abc"))));
        Tensor kept = read.tensor("abc");
        read.close();
        read.close();
        assertEquals(3, kept.get(0));
        assertThrows(IllegalStateException.class, () -> read.tensor("abc"));
    }

    @Test
    void everyFixtureReadsAsThePlainReaderReadsIt() throws IOException {
        Assumptions.assumeTrue(Shared.root().isPresent(), Shared.ABSENT);
        List<Path> files;
        try (Stream<Path> tree = Files.walk(Shared.root().orElseThrow())) {
            files = tree.filter(path -> path.toString().endsWith(".safetensors")).sorted().toList();
        }
        assertTrue(files.size() > 80, () -> "only " + files.size() + " fixtures found");
        for (Path path : files) {
            Map<String, FixtureTensor> expected = SafetensorsReader.read(path);
            try (SafetensorsFile read = Safetensors.read(path)) {
                assertEquals(expected.keySet(), Set.copyOf(read.tensors().stream().map(TensorInfo::name).toList()));
                for (TensorInfo info : read.tensors()) {
                    assertArrayEquals(expected.get(info.name()).values(), read.doubles(info.name()), info.name());
                    assertEquals(info.shape(), read.tensor(info.name()).shape());
                }
            }
        }
    }

    private Path file(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("given.safetensors"), bytes);
    }
}
