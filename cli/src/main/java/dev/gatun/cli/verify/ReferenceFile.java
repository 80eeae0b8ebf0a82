package dev.gatun.cli.verify;

import dev.gatun.cli.console.Refusal;
import dev.gatun.memory.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/** A file with the tensors of a reference. */
interface ReferenceFile extends AutoCloseable {

    /** @throws IOException if it cannot be read, or is not sound */
    static ReferenceFile open(Path file) throws IOException {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        if (name.endsWith(".safetensors")) {
            return new SafetensorsReference(file);
        }
        if (name.endsWith(".json")) {
            return JsonReference.of(file);
        }
        throw new Refusal("--against " + file + ": the name must end in .safetensors or .json");
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
