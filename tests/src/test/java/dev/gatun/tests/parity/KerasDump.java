package dev.gatun.tests.parity;

import dev.gatun.formats.PlainJson;
import dev.gatun.memory.DataType;
import dev.gatun.memory.Tensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * Keeps the {@code .keras} files that tests write, with what goes in and comes out, for {@code tests/python/check_keras.py}: in the
 * folder of the property {@code gatun.keras.out}, if it is set.
 */
public final class KerasDump {

    private static final String FOLDER = System.getProperty("gatun.keras.out");

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
        if (FOLDER == null) {
            return;
        }
        CRC32 sum = new CRC32();
        sum.update(what.getBytes(StandardCharsets.UTF_8));
        String name = what.replaceAll("[^A-Za-z0-9].*", "") + "_" + Long.toHexString(sum.getValue());
        Path folder = Files.createDirectories(Path.of(FOLDER));
        Files.copy(file, folder.resolve(name + ".keras"), StandardCopyOption.REPLACE_EXISTING);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("what", what);
        for (int i = 0; i < inputs.size(); i++) {
            json.put("in_" + i, plain(inputs.get(i)));
        }
        for (int i = 0; i < outputs.size(); i++) {
            json.put("out_" + i, plain(outputs.get(i)));
        }
        Files.writeString(folder.resolve(name + ".json"), PlainJson.text(json));
    }

    private static Map<String, Object> plain(Tensor tensor) {
        List<Object> shape = new ArrayList<>();
        for (long size : tensor.shape().toArray()) {
            shape.add(size);
        }
        List<Object> data = new ArrayList<>();
        for (float number : numbers(tensor)) {
            data.add((double) number);
        }
        return Map.of("shape", shape, "dtype", tensor.type() == DataType.FLOAT32 ? "float32" : "int32", "data", data);
    }
}
