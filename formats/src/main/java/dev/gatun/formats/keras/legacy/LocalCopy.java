package dev.gatun.formats.keras.legacy;

import dev.gatun.formats.FormatException;
import dev.gatun.layers.model.ModelSource;
import dev.gatun.memory.Uninterrupted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A file of the machine's own file system with the bytes of a source: HDF5 is read here and there, which no stream allows.
 *
 * @param path   of the file
 * @param isCopy whether it is deleted in the end
 */
record LocalCopy(Path path, boolean isCopy) implements AutoCloseable {

    /** @throws FormatException if it is a folder, or cannot be copied */
    static LocalCopy of(ModelSource source) throws FormatException {
        if (source.isFolder()) {
            throw new FormatException(source.name(), "this is a folder; give the path of an .h5 file");
        }
        if (source.file().isPresent()) {
            return new LocalCopy(source.file().get(), false);
        }
        Path copy = null;
        try {
            copy = Files.createTempFile("gatun-", ".h5");
            Path target = copy;
            Uninterrupted.once(() -> Files.copy(source.bytes(), target, StandardCopyOption.REPLACE_EXISTING));
            return new LocalCopy(copy, true);
        } catch (IOException failed) {
            delete(copy);
            throw new FormatException(source.name(), "cannot be copied into the folder for temporary files ("
                    + failed + "); give the path of a file, or another folder (-Djava.io.tmpdir)").because(failed);
        }
    }

    @Override
    public void close() {
        if (isCopy) {
            delete(path);
        }
    }

    private static void delete(Path copy) {
        try {
            if (copy != null) {
                Files.deleteIfExists(copy);
            }
        } catch (IOException left) {
            copy.toFile().deleteOnExit();
        }
    }
}
