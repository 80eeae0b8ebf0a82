package dev.gatun.formats.source;

import dev.gatun.formats.FormatException;
import dev.gatun.layers.model.ModelSource;
import dev.gatun.memory.Uninterrupted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * A file of the machine's own file system with the bytes of a source, for kinds of files that are read here and there (HDF5, zip
 * archives), which no stream allows.
 *
 * @param path   of the file
 * @param isCopy whether it is deleted in the end
 */
public record LocalCopy(Path path, boolean isCopy) implements AutoCloseable {

    /**
     * The file itself, or a copy of what lies in another file system or comes as a stream. A file can be copied as often as one
     * likes, a stream once.
     *
     * @param source open
     * @param ending of such a file's name, with its dot
     * @throws FormatException if it is a folder, or cannot be copied
     */
    public static LocalCopy of(ModelSource source, String ending) throws FormatException {
        if (source.isFolder()) {
            throw new FormatException(source.name(), "this is a folder; give the path of a " + ending + " file");
        }
        if (source.file().isPresent()) {
            return new LocalCopy(source.file().get(), false);
        }
        Path copy = null;
        try {
            copy = Files.createTempFile("gatun-", ending);
            copy(source, copy);
            return new LocalCopy(copy, true);
        } catch (FormatException | RuntimeException | Error failed) {
            delete(copy);
            throw failed;
        } catch (IOException failed) {
            delete(copy);
            throw new FormatException(source.name(), "cannot be copied into the folder for temporary files ("
                    + failed + "); give the path of a file, or another folder (-Djava.io.tmpdir)").because(failed);
        }
    }

    private static void copy(ModelSource source, Path target) throws IOException {
        Optional<Path> file = source.path().filter(Files::isRegularFile);
        Uninterrupted.once(() -> {
            if (file.isPresent()) {
                Files.copy(file.get(), target, StandardCopyOption.REPLACE_EXISTING);
            } else {
                Files.copy(source.bytes(), target, StandardCopyOption.REPLACE_EXISTING);
            }
            return target;
        });
    }

    /**
     * Whether a copy could be made more than once, so that one may look into it before it is read.
     *
     * @return false for streams and pipes
     */
    public static boolean isRepeatable(ModelSource source) {
        return source.path().filter(Files::isRegularFile).isPresent();
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
