package dev.gatun.tests.formats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.Imported;
import dev.gatun.formats.keras.KerasFormat;
import dev.gatun.layers.Weight;
import dev.gatun.tests.KerasZip;
import dev.gatun.tests.Shared;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keras's files of other precisions are read into float32, and the report says so. */
final class KerasPrecisionTest {

    private static Path file(Path folder, String policy, Object kernel) throws IOException {
        String config = """
                {"module": "keras", "class_name": "Sequential", "config": {"name": "tiny", "trainable": true, "layers": [
                  {"module": "keras.layers", "class_name": "InputLayer",
                   "config": {"batch_shape": [null, 2], "dtype": "%1$s", "name": "in"}},
                  {"module": "keras.layers", "class_name": "Dense", "config": {"name": "dense", "units": 1,
                   "dtype": {"module": "keras", "class_name": "DTypePolicy", "config": {"name": "%1$s"}},
                   "activation": "linear", "use_bias": false}}]}}
                """.formatted(policy);
        return KerasZip.write(folder.resolve("tiny.keras"), config,
                hdf -> hdf.putGroup("layers").putGroup("dense").putGroup("vars").putDataset("0", kernel));
    }

    @Test
    void float64IsRounded(@TempDir Path folder) throws IOException {
        double third = 1 / 3.0;
        try (Imported imported = KerasFormat.of(file(folder, "float64", new double[][] {{third}, {2}}))) {
            assertArrayEquals(new float[] {(float) third, 2},
                    imported.model().weight("dense/kernel").get().toArray());
            assertEquals(List.of("its weights of float64 are rounded to float32",
                    "layers that compute in float64 there compute in float32 here"), imported.report().notes());
        }
    }

    @Test
    void whatIsFloat32IsNotMentioned(@TempDir Path folder) throws IOException {
        try (Imported imported = KerasFormat.of(file(folder, "float32", new float[][] {{1}, {2}}))) {
            assertEquals(List.of(), imported.report().notes());
        }
        String told = assertThrows(FormatException.class,
                () -> KerasFormat.of(file(folder, "float32", new String[][] {{"one"}, {"two"}}))).getMessage();
        assertTrue(told.contains("expected float32, float16, bfloat16 or float64"), told);
    }

    /** bfloat16 keeps the upper half of a float32. */
    @Test
    void bfloat16IsReadExactly() throws IOException {
        Path file = Shared.find("oracles/keras3b/policy_bfloat16_weights.keras").orElse(null);
        Assumptions.assumeTrue(file != null, Shared.ABSENT);
        try (Imported imported = KerasFormat.of(file)) {
            assertEquals(List.of("its weights of bfloat16 are read as float32, which holds them exactly",
                    "layers that compute in bfloat16 there compute in float32 here"), imported.report().notes());
            int different = 0;
            for (Weight weight : imported.model().weights()) {
                for (float number : weight.get().toArray()) {
                    assertEquals(0, Float.floatToRawIntBits(number) & 0xFFFF);
                    assertTrue(Math.abs(number) < 4, weight + ": " + number);
                    different += number != 0 ? 1 : 0;
                }
            }
            assertTrue(different > 100, "weights are zero");
        }
    }
}
