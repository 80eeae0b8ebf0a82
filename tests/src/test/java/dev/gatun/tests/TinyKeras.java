package dev.gatun.tests;

import java.io.IOException;
import java.nio.file.Path;

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
        return KerasZip.write(file, CONFIG, hdf -> {
            var variables = hdf.putGroup("layers").putGroup("dense").putGroup("vars");
            variables.putDataset("0", new float[][] {{2}, {3}});
            variables.putDataset("1", new float[] {1});
        });
    }
}
