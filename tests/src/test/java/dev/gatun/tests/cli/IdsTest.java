package dev.gatun.tests.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.tensors.Npy;
import dev.gatun.formats.tensors.NpyProblem;
import dev.gatun.formats.tensors.Safetensors;
import dev.gatun.formats.tensors.SafetensorsFile;
import dev.gatun.formats.tensors.SafetensorsProblem;
import dev.gatun.formats.tensors.SafetensorsWriter;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Embedding;
import dev.gatun.layers.Input;
import dev.gatun.layers.IntegerLookup;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.memory.DataType;
import dev.gatun.memory.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Ids of tokens in files: read as the whole numbers they are, whatever type they are stored in.
final class IdsTest {

    private static final int[][] IDS = {{3, 0, 20_000_001, 1}, {2, 2, 4, 0}};

    @TempDir
    Path folder;

    private Path model(Model made) throws Exception {
        Path file = folder.resolve("words.gatun");
        try (made) {
            made.save(file);
        }
        return file;
    }

    private static float[] predicted(Path file, int[][] ids) throws Exception {
        try (Model model = Model.load(file)) {
            return model.predict(Tensor.ofInts(ids)).toArray();
        }
    }

    /// An .npy file as NumPy writes it.
    private Path npy(String descr, boolean fortran, ByteBuffer numbers) throws Exception {
        StringBuilder text = new StringBuilder("{'descr': '" + descr + "', 'fortran_order': "
                + (fortran ? "True" : "False") + ", 'shape': (2, 4), }");
        text.append(" ".repeat(117 - text.length())).append('\n');
        ByteBuffer file = ByteBuffer.allocate(10 + text.length() + numbers.capacity()).order(ByteOrder.LITTLE_ENDIAN);
        file.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}).putShort((short) text.length());
        file.put(text.toString().getBytes(StandardCharsets.US_ASCII)).put(numbers.rewind());
        return Files.write(folder.resolve("ids.npy"), file.array());
    }

    private static ByteBuffer longs(ByteOrder order) {
        ByteBuffer numbers = ByteBuffer.allocate(64).order(order);
        for (int[] row : IDS) {
            for (int id : row) {
                numbers.putLong(id);
            }
        }
        return numbers;
    }

    @Test
    void everyTypeOfWholeNumberIsRead() throws Exception {
        int[] all = {3, 0, 20_000_001, 1, 2, 2, 4, 0};
        for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
            String sign = order == ByteOrder.LITTLE_ENDIAN ? "<" : ">";
            Tensor read = Npy.readInts(npy(sign + "i8", false, longs(order)));
            assertEquals(DataType.INT32, read.type());
            assertArrayEquals(all, read.toIntArray());
        }
        int[] columns = {3, 20_000_001, 2, 4, 0, 1, 2, 0};
        assertArrayEquals(columns, Npy.readInts(npy("<i8", true, longs(ByteOrder.LITTLE_ENDIAN))).toIntArray());
        ByteBuffer floats = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
        for (float number : new float[] {1, 2, 3, 4, -5, 6, 7, 8}) {
            floats.putFloat(number);
        }
        assertArrayEquals(new int[] {1, 2, 3, 4, -5, 6, 7, 8}, Npy.readInts(npy("<f4", false, floats)).toIntArray());
        floats.putFloat(20, 6.5f);
        FormatException half = assertThrows(FormatException.class, () -> Npy.readInts(npy("<f4", false, floats)));
        assertEquals(NpyProblem.NOT_WHOLE, half.problem().orElseThrow());
        assertTrue(half.getMessage().contains("6.5 as number 5"), half.getMessage());
        ByteBuffer large = longs(ByteOrder.LITTLE_ENDIAN).putLong(24, 1L << 31);
        FormatException wide = assertThrows(FormatException.class, () -> Npy.readInts(npy("<i8", false, large)));
        assertTrue(wide.getMessage().contains("number 3"), wide.getMessage());
    }

    @Test
    void wholeNumbersAreWrittenAsSuch() throws Exception {
        Path npy = folder.resolve("whole.npy");
        Path safetensors = folder.resolve("whole.safetensors");
        Npy.write(npy, Tensor.ofInts(IDS));
        new SafetensorsWriter().tensor("ids", Tensor.ofInts(IDS)).tensor("x", Tensor.of(new float[] {0.5f}, 1))
                .write(safetensors);
        assertArrayEquals(Tensor.ofInts(IDS).toIntArray(), Npy.readInts(npy).toIntArray());
        assertEquals(3, Npy.read(npy).get(0, 0));
        try (SafetensorsFile file = Safetensors.read(safetensors)) {
            assertEquals("I32", file.info("ids").dtype());
            assertArrayEquals(Tensor.ofInts(IDS).toIntArray(), file.ints("ids").toIntArray());
            FormatException half = assertThrows(FormatException.class, () -> file.ints("x"));
            assertEquals(SafetensorsProblem.NOT_WHOLE, half.problem().orElseThrow());
            assertTrue(half.getMessage().contains("'x'") && half.getMessage().contains("0.5"), half.getMessage());
        }
    }

    @Test
    void predictTakesIdsFromEveryKindOfFile() throws Exception {
        Path model = model(Sequential.of(Embedding.of(5, 3).maskZero(), Lstm.units(4), Dense.units(2)));
        int[][] ids = {{3, 0, 4, 1}, {2, 2, 4, 0}};
        float[] expected = predicted(model, ids);
        Path npy = folder.resolve("x.npy");
        Npy.write(npy, Tensor.ofInts(ids));
        Path safetensors = folder.resolve("x.safetensors");
        new SafetensorsWriter().tensor("ids", Tensor.ofInts(ids)).write(safetensors);
        Path csv = folder.resolve("x.csv");
        Tables.write(csv, "a,b,c,d\n3,0,4,1\n2,2,4,0\n");
        Path out = folder.resolve("y.npy");
        for (Path input : List.of(npy, safetensors, csv)) {
            Cli.ok("predict", model, "--input", input, "--output", out);
            assertArrayEquals(expected, Npy.read(out).toArray(), input.toString());
        }
        Tables.write(csv, "3,0,4,1\n2,2.5,4,0\n");
        Cli.refused(Cli.args("predict", model, "--input", csv, "--output", out), "number 5");
        Tables.write(csv, "3,0,4,1\n2,5,4,0\n");
        Cli.refused(Cli.args("predict", model, "--input", csv, "--output", out), "id 5 of sample 1, step 1");
    }

    @Test
    void evaluateTakesIdsAndATarget() throws Exception {
        Path model = model(Sequential.of(Input.ints(3), Embedding.of(5, 3), Lstm.units(4), Dense.units(1)));
        float[] made = predicted(model, new int[][] {{1, 2, 3}, {4, 0, 1}});
        Path csv = folder.resolve("x.csv");
        Tables.write(csv, "1,2,3," + made[0] + "\n4,0,1," + (made[1] + 1) + "\n");
        assertEquals(0.5, Cli.ok("evaluate", model, csv, "--json").json().get("mse").asDouble(), 1e-6);
    }

    @Test
    void idsThatAModelMakesAreWritten() throws Exception {
        Path model = model(Sequential.of(IntegerLookup.of(400, -7)));
        Path csv = folder.resolve("x.csv");
        Tables.write(csv, "400,-7,5\n");
        Path out = folder.resolve("y.csv");
        Cli.ok("predict", model, "--input", csv, "--output", out);
        assertEquals(List.of("1,2,0"), Files.readAllLines(out));
        Path npy = folder.resolve("y.npy");
        Cli.ok("predict", model, "--input", csv, "--output", npy);
        assertArrayEquals(new int[] {1, 2, 0}, Npy.readInts(npy).toIntArray());
    }
}
