package dev.gatun.cli.verify;

import dev.gatun.cli.console.Refusal;
import dev.gatun.memory.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * Tensors as {@code {"shape": [2, 3], "data": [...]}}, row-major, by name, or under {@code inputs} and {@code outputs}. What is
 * not finite is the text {@code NaN}, {@code Infinity} or {@code -Infinity}.
 *
 * @param file    for messages
 * @param tensors by name
 */
record JsonReference(Path file, Map<String, JsonTensor> tensors) implements ReferenceFile {

    /** @throws IOException if it cannot be read */
    static JsonReference of(Path file) throws IOException {
        return new JsonReference(file, JsonTensors.of(file));
    }

    @Override
    public Set<String> names() {
        return tensors.keySet();
    }

    @Override
    public Tensor input(String name, boolean whole) {
        Expected read = output(name);
        long[] dims = read.shape().toArray();
        if (!whole) {
            float[] floats = new float[read.values().length];
            for (int i = 0; i < floats.length; i++) {
                floats[i] = (float) read.values()[i];
            }
            return Tensor.of(floats, dims);
        }
        int[] ints = new int[read.values().length];
        for (int i = 0; i < ints.length; i++) {
            ints[i] = (int) read.values()[i];
            if (ints[i] != read.values()[i]) {
                throw wrong(name, "number " + i + " is " + read.values()[i]
                        + ", but the model takes whole numbers of 32 bits");
            }
        }
        return Tensor.ofInts(ints, dims);
    }

    @Override
    public Expected output(String name) {
        JsonTensor tensor = tensors.get(name);
        tensor.problem().ifPresent(problem -> {
            throw wrong(name, problem);
        });
        return tensor.expected();
    }

    private Refusal wrong(String name, String what) {
        return new Refusal(file + ": tensor '" + name + "' is not sound: " + what + "; write it again");
    }

    /** Nothing is open. */
    @Override
    public void close() {}
}
