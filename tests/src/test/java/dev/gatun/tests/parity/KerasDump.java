package dev.gatun.tests.parity;

import dev.gatun.memory.DataType;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.fixture.KeptFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Keeps the {@code .keras} files that tests write, with what goes in and comes out, for {@code tests/python/check_keras.py}: in the
 * folder of the property {@code gatun.keras.out}, if it is set.
 */
public final class KerasDump {

    private static final KeptFiles KEPT = KeptFiles.of("gatun.keras.out");

    private KerasDump() {}

    /** The numbers of a tensor, whatever they are. */
    public static float[] numbers(Tensor tensor) {
        if (tensor.type() == DataType.FLOAT32) {
            return tensor.toArray();
        }
        int[] whole = tensor.toIntArray();
        float[] numbers = new float[whole.length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = whole[i];
        }
        return numbers;
    }

    /** Copies the file under a name of its own. */
    public static void keep(String what, Path file, List<Tensor> inputs, List<Tensor> outputs) throws IOException {
        KEPT.keep(what, file, inputs, outputs);
    }
}
