package dev.gatun.formats.inspect;

import dev.gatun.formats.tensors.Npy;
import dev.gatun.formats.tensors.TensorInfo;
import dev.gatun.layers.model.ModelSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** One array of NumPy's. */
final class NpyContents implements Contents.Kind {

    @Override
    public boolean matches(ModelSource source, byte[] start) {
        return Contents.begins(start, 0x93, 'N', 'U', 'M', 'P', 'Y');
    }

    @Override
    public Contents of(Path file) throws IOException {
        Contents contents = Contents.of(toString());
        try (InputStream in = Files.newInputStream(file)) {
            TensorInfo array = Npy.info(file.toString(), in);
            contents.arrays().add(array("array", array));
            long bytes = Files.size(file);
            return bytes == array.end()
                    ? contents
                    : contents.but("its header promises " + array.end() + " bytes, but it has " + bytes);
        }
    }

    static StoredArray array(String name, TensorInfo array) {
        return new StoredArray(name, array.dtype(), array.shape().toString(), array.shape().elements());
    }

    @Override
    public String toString() {
        return "NumPy array";
    }
}
