package dev.gatun.cli.verify;

import dev.gatun.cli.console.Refusal;
import dev.gatun.cli.tensors.TensorFile;
import dev.gatun.memory.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/** A file with the tensors of a reference. */
interface ReferenceFile extends AutoCloseable {

    /**
     * By its content; where that says nothing by its name.
     *
     * @throws IOException if it cannot be read, or is not sound
     */
    static ReferenceFile open(Path file) throws IOException {
        if (isJson(file)) {
            return JsonReference.of(file);
        }
        return switch (TensorFile.of("--against", file)) {
            case SAFETENSORS -> new SafetensorsReference(file);
            case NPZ -> new NpzReference(file);
            case NPY, CSV ->
                throw new Refusal("--against " + file + ": a reference has inputs and outputs by name; give a"
                        + " .safetensors, .npz or .json file");
        };
    }

    /** Text that begins with a brace, or is called so. */
    private static boolean isJson(Path file) throws IOException {
        if (String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).endsWith(".json")) {
            return true;
        }
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            int first = in.read();
            while (first == ' ' || first == '\t' || first == '\r' || first == '\n') {
                first = in.read();
            }
            return first == '{';
        }
    }

    Set<String> names();

    /**
     * @param whole whether the model takes whole numbers only
     * @throws IOException if it cannot be read, or is not whole
     */
    Tensor input(String name, boolean whole) throws IOException;

    /** @throws IOException if it cannot be read */
    Expected output(String name) throws IOException;

    @Override
    void close();
}
