package dev.gatun.tests.formats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.tensors.FullDisk;
import dev.gatun.formats.tensors.Npy;
import dev.gatun.formats.tensors.NpyProblem;
import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;
import dev.gatun.memory.Tensor;
import dev.gatun.memory.TensorArena;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NpyTest {

    private static final ByteOrder LITTLE = ByteOrder.LITTLE_ENDIAN;

    @TempDir
    Path folder;

    @Test
    void whatIsWrittenIsRead() throws IOException {
        for (long[] shape : new long[][] {{}, {1}, {7}, {0}, {3, 0, 2}, {2, 3, 4}, {1, 1, 1, 5}}) {
            Tensor tensor = Tensor.zeros(shape);
            float[] values = new float[(int) tensor.shape().elements()];
            for (int index = 0; index < values.length; index++) {
                values[index] = index - 2.5f;
            }
            Path file = folder.resolve("a.npy");
            Npy.write(file, Tensor.of(values, shape));
            Tensor read = Npy.read(file);
            assertEquals(Shape.of(shape), read.shape());
            assertArrayEquals(values, read.toArray());
        }
    }

    @Test
    void theBytesAreNumPys() throws IOException {
        Path file = folder.resolve("a.npy");
        Npy.write(file, Tensor.of(new float[] {1, 2}, 2));
        byte[] whole = Files.readAllBytes(file);
        assertEquals(128 + 8, whole.length);
        String text = new String(whole, 0, 128, StandardCharsets.ISO_8859_1);
        assertTrue(text.startsWith("\u0093NUMPY\1\0v\0{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }   "),
                text);
        assertTrue(text.endsWith("  \n"));
        assertEquals(2f, ByteBuffer.wrap(whole).order(LITTLE).getFloat(132));
    }

    @Test
    void paddedRowsAreWrittenWithoutPadding() throws IOException {
        try (TensorArena arena = TensorArena.open("test")) {
            Tensor padded = arena.tensor("padded", Shape.of(3, 5), 16);
            Tensor.of(new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}, 3, 5).copyTo(padded);
            Npy.write(folder.resolve("a.npy"), padded);
            assertArrayEquals(padded.toArray(), Npy.read(folder.resolve("a.npy")).toArray());
        }
    }

    @Test
    void numbersOfEitherByteOrderAreRead() throws IOException {
        assertNumbers("<f4", buffer(8, LITTLE).putFloat(1.5f).putFloat(-2), 1.5f, -2);
        assertNumbers(">f4", buffer(8, ByteOrder.BIG_ENDIAN).putFloat(1.5f).putFloat(-2), 1.5f, -2);
        assertNumbers("<f8", buffer(16, LITTLE).putDouble(0.1).putDouble(-2), 0.1f, -2);
        assertNumbers("<i4", buffer(8, LITTLE).putInt(70000).putInt(-2), 70000, -2);
        assertNumbers("<i8", buffer(16, LITTLE).putLong(1L << 40).putLong(-2), 1L << 40, -2);
        assertNumbers("|u1", buffer(2, LITTLE).put((byte) 255).put((byte) 2), 255, 2);
        assertNumbers("|b1", buffer(2, LITTLE).put((byte) 0).put((byte) 1), 0, 1);
    }

    private void assertNumbers(String descr, ByteBuffer numbers, float first, float second) throws IOException {
        byte[] whole = npy(1, dictionary(descr, "False", "(2,)"), numbers.array());
        assertArrayEquals(new float[] {first, second}, Npy.read(file(whole)).toArray(), descr);
    }

    @Test
    void fortranOrderIsTurned() throws IOException {
        // numpy.asfortranarray([[0, 1, 2], [10, 11, 12]]) lies in memory column by column.
        ByteBuffer columns = buffer(24, LITTLE);
        for (float value : new float[] {0, 10, 1, 11, 2, 12}) {
            columns.putFloat(value);
        }
        Tensor read = Npy.read(file(npy(1, dictionary("<f4", "True", "(2, 3)"), columns.array())));
        assertArrayEquals(new float[] {0, 1, 2, 10, 11, 12}, read.toArray());
    }

    @Test
    void allVersionsAndSpellingsAreRead() throws IOException {
        byte[] numbers = buffer(8, LITTLE).putFloat(1).putFloat(2).array();
        for (int version = 1; version <= 3; version++) {
            assertEquals(2, Npy.read(file(npy(version, dictionary("<f4", "False", "(2,)"), numbers))).get(1));
        }
        for (String text : new String[] {
            "{\"shape\":(2,),\"descr\":\"<f4\",\"fortran_order\":False}",
            " { 'fortran_order' : True , 'shape' : ( 2L , 1L ) , 'descr' : '<f4' , } \n\n",
            "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2)}"
        }) {
            assertEquals(2, Npy.read(file(npy(1, text, numbers))).toArray()[1], text);
        }
    }

    @Test
    void everyFaultHasItsCause() throws IOException {
        byte[] sound = npy(1, dictionary("<f4", "False", "(2,)"), new byte[8]);
        refused(NpyProblem.TOO_SHORT, new byte[9], "got 9 bytes");
        refused(NpyProblem.WRONG_MAGIC, changed(sound, b -> b.put(0, (byte) 'x')));
        refused(NpyProblem.UNKNOWN_VERSION, changed(sound, b -> b.put(6, (byte) 4)), "4.0");
        refused(NpyProblem.UNKNOWN_VERSION, changed(sound, b -> b.put(7, (byte) 1)), "1.1");
        refused(NpyProblem.HEADER_TOO_LARGE, changed(sound, b -> b.putShort(8, (short) -1)), "65535");
        refused(NpyProblem.HEADER_TOO_LARGE, changed(sound, b -> b.put(6, (byte) 2).putInt(8, -1)), "4294967295");
        refused(NpyProblem.HEADER_OUTSIDE_FILE, changed(sound, b -> b.putShort(8, (short) 9_999)), "9999");
        refused(NpyProblem.HEADER_OUTSIDE_FILE, Arrays.copyOf(changed(sound, b -> b.put(6, (byte) 2)), 11));
        refused(NpyProblem.TRUNCATED, Arrays.copyOf(sound, sound.length - 1));
        refused(NpyProblem.TRAILING_BYTES, Arrays.copyOf(sound, sound.length + 1));
        header(NpyProblem.OBJECT_ARRAY, dictionary("|O", "False", "(2,)"), "'|O'", "Python objects");
        header(NpyProblem.OBJECT_ARRAY, dictionary("|O8", "False", "(2,)"));
        for (String descr : new String[] {"<c8", "<U2", "|S4", "<M8[s]", "|V8", "|f4", "=f4", "f4", "", "<f16", "<q"}) {
            header(NpyProblem.UNSUPPORTED_TYPE, dictionary(descr, "False", "(2,)"), "'" + descr + "'");
        }
        header(NpyProblem.UNSUPPORTED_TYPE, "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (2,), }",
                "records");
        header(NpyProblem.SIZE_OVERFLOW, dictionary("<f4", "False", "(9223372036854775808,)"));
        header(NpyProblem.SIZE_OVERFLOW, dictionary("<f4", "False", "(4294967296, 4294967296)"));
        header(NpyProblem.SIZE_OVERFLOW, dictionary("<f4", "False", "(1152921504606846976,)"));
        header(NpyProblem.TRUNCATED, dictionary("<f4", "False", "(1099511627776,)"));
        FormatException missing = assertThrows(FormatException.class, () -> Npy.read(folder.resolve("missing.npy")));
        assertEquals(NpyProblem.UNREADABLE, missing.problem().orElseThrow());
    }

    static Stream<String> wrongHeaders() {
        return Stream.of(
                "", "{", "{}", "[]", "{'descr': '<f4'}", "__import__('os').system('true')",
                "{'descr': '<f4', 'fortran_order': 0, 'shape': (2,)}",
                "{'descr': '<f4', 'fortran_order': False, 'shape': 2}",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (2)}",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (-2,)}",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (1+1,)}",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (,)}",
                "{'descr': '<f4', 'fortran_order': False, 'shape': [2]}",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (2,)",
                "{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (2,)}",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), 'more': 1}",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (2,)} + {}",
                "{'descr': '\\x3cf4', 'fortran_order': False}",
                "{'descr': '<f4, 'fortran_order': False, 'shape': (2,)}", "{'descr: ",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (" + "1,".repeat(65) + ")}");
    }

    @ParameterizedTest
    @MethodSource("wrongHeaders")
    void aHeaderIsNeverEvaluated(String text) throws IOException {
        header(NpyProblem.BAD_HEADER, text);
    }

    @Test
    void aDamagedFileIsReadOrRefused() throws IOException {
        byte[] sound = npy(1, dictionary("<f4", "False", "(2, 3)"), new byte[24]);
        Random random = new Random(20250601);
        for (int trial = 0; trial < 2000; trial++) {
            byte[] damaged = sound.clone();
            damaged[random.nextInt(90)] = (byte) random.nextInt(256);
            if (trial % 4 == 0) {
                damaged = Arrays.copyOf(damaged, random.nextInt(damaged.length));
            }
            try {
                assertTrue(Npy.read(file(damaged)).shape().elements() <= 24);
            } catch (FormatException refused) {
                assertTrue(refused.problem().isPresent());
            }
        }
    }

    @Test
    void aFullDiskLeavesTheOldFile() throws Exception {
        Path file = file(new byte[] {1, 2, 3});
        assertThrows(IOException.class, () -> FullDisk.of(130).during(() -> Npy.write(file, Tensor.zeros(9))));
        assertArrayEquals(new byte[] {1, 2, 3}, Files.readAllBytes(file));
        long[] manyAxes = new long[65];
        assertThrows(ShapeException.class, () -> Npy.write(file, Tensor.zeros(manyAxes)));
        assertArrayEquals(new byte[] {1, 2, 3}, Files.readAllBytes(file));
    }

    private void header(NpyProblem problem, String text, String... parts) throws IOException {
        refused(problem, npy(1, text, new byte[8]), parts);
        refused(problem, npy(2, text, new byte[8]), parts);
    }

    private void refused(NpyProblem problem, byte[] bytes, String... parts) throws IOException {
        Path file = file(bytes);
        FormatException told = assertThrows(FormatException.class, () -> Npy.read(file));
        assertEquals(problem, told.problem().orElseThrow(), told.getMessage());
        assertEquals(1, told.getMessage().lines().count());
        for (String part : parts) {
            assertTrue(told.getMessage().contains(part), () -> "'" + part + "' is missing in: " + told.getMessage());
        }
    }

    private static String dictionary(String descr, String fortranOrder, String shape) {
        return "{'descr': '" + descr + "', 'fortran_order': " + fortranOrder + ", 'shape': " + shape + ", }\n";
    }

    private static byte[] npy(int version, String header, byte[] numbers) {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer whole = buffer(8 + (version == 1 ? 2 : 4) + text.length + numbers.length, LITTLE);
        whole.put("\u0093NUMPY".getBytes(StandardCharsets.ISO_8859_1)).put((byte) version).put((byte) 0);
        if (version == 1) {
            whole.putShort((short) text.length);
        } else {
            whole.putInt(text.length);
        }
        return whole.put(text).put(numbers).array();
    }

    private static byte[] changed(byte[] sound, UnaryOperator<ByteBuffer> change) {
        return change.apply(ByteBuffer.wrap(sound.clone()).order(LITTLE)).array();
    }

    private static ByteBuffer buffer(int bytes, ByteOrder order) {
        return ByteBuffer.allocate(bytes).order(order);
    }

    private Path file(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("given.npy"), bytes);
    }
}
