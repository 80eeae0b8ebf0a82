package dev.gatun.tests;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A {@code .keras} file as Keras 3 writes it, made here, so that tests need no fixture: y = 2 a + 3 b + 1. */
public final class TinyKeras {

    private static final String CONFIG = """
            {"module": "keras", "class_name": "Sequential", "config": {"name": "tiny", "trainable": true, "layers": [
              {"module": "keras.layers", "class_name": "InputLayer",
               "config": {"batch_shape": [null, 2], "dtype": "float32", "name": "in"}},
              {"module": "keras.layers", "class_name": "Dense",
               "config": {"name": "dense", "units": 1, "activation": "linear", "use_bias": true}}]}}
            """;

    private TinyKeras() {}

    /** @return the file */
    public static Path write(Path file) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            put(zip, "metadata.json", "{\"keras_version\": \"3.15.1\"}".getBytes(StandardCharsets.UTF_8));
            put(zip, "config.json", CONFIG.getBytes(StandardCharsets.UTF_8));
            put(zip, "model.weights.h5", weights(file.resolveSibling(file.getFileName() + ".h5")));
        }
        return file;
    }

    private static byte[] weights(Path scratch) throws IOException {
        try (WritableHdfFile hdf = HdfFile.write(scratch)) {
            var variables = hdf.putGroup("layers").putGroup("dense").putGroup("vars");
            variables.putDataset("0", new float[][] {{2}, {3}});
            variables.putDataset("1", new float[] {1});
        }
        byte[] bytes = Files.readAllBytes(scratch);
        Files.delete(scratch);
        return bytes;
    }

    private static void put(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(bytes);
        zip.closeEntry();
    }
}
