package dev.gatun.formats.inspect;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.tensors.Safetensors;
import dev.gatun.formats.tensors.SafetensorsFile;
import dev.gatun.formats.tensors.TensorInfo;
import dev.gatun.layers.model.ModelSource;
import java.nio.file.Path;

/** Named tensors: all that is said of them stands in the header. */
final class SafetensorsContents implements Contents.Kind {

    @Override
    public boolean matches(ModelSource source, byte[] start) {
        return start.length > Long.BYTES && start[Long.BYTES] == '{' && start[Long.BYTES - 1] == 0;
    }

    @Override
    public Contents of(Path file) throws FormatException {
        try (SafetensorsFile tensors = Safetensors.read(file)) {
            Contents contents = Contents.of(toString());
            for (TensorInfo tensor : tensors.tensors()) {
                contents.arrays().add(new StoredArray(tensor.name(), tensor.dtype(), tensor.shape().toString(),
                        tensor.shape().elements()));
            }
            contents.metadata().putAll(tensors.metadata());
            String version = tensors.metadata().get("gatun.format");
            return contents.by(version == null ? "" : "Gatun (format " + version + ")");
        }
    }

    @Override
    public String toString() {
        return "safetensors";
    }
}
