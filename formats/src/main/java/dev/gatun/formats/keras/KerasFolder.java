package dev.gatun.formats.keras;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.NeighbourFile;
import dev.gatun.layers.model.ModelSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The folder that {@code model.save("name", zipped=False)} of Keras 3 writes, with the files that are entries of an archive
 * otherwise.
 *
 * @param file   what messages call it
 * @param folder of the files
 */
record KerasFolder(String file, Path folder) implements KerasEntries {

    private static final String METADATA = "metadata.json";
    private static final String CONFIG = "config.json";

    static KerasFolder open(ModelSource source) throws FormatException {
        return new KerasFolder(source.name(), source.path().orElseThrow(() -> new FormatException(source.name(),
                "is no folder of a model; give the path of a .keras file")));
    }

    /** Whether a folder holds what Keras writes into each. */
    static boolean isModel(ModelSource source) {
        return source.path().filter(folder -> Files.isRegularFile(folder.resolve(METADATA))
                && Files.isRegularFile(folder.resolve(CONFIG))).isPresent();
    }

    private Optional<Path> path(String entry) {
        return NeighbourFile.of(folder.resolve(CONFIG), entry).filter(Files::isRegularFile);
    }

    @Override
    public boolean has(String entry) {
        return path(entry).isPresent();
    }

    @Override
    public byte[] bytes(String entry, long mostBytes) throws FormatException {
        Path path = path(entry).orElseThrow(() -> missing(entry));
        long most = Math.min(mostBytes, MOST_BYTES);
        try (InputStream in = Files.newInputStream(path)) {
            long size = Files.size(path);
            if (size > most) {
                throw tooLarge(entry, size, most);
            }
            byte[] bytes = in.readNBytes((int) most + 1);
            if (bytes.length > most) {
                throw tooLarge(entry, bytes.length, most);
            }
            return bytes;
        } catch (FormatException told) {
            throw told;
        } catch (IOException failed) {
            throw new FormatException(file, "its " + entry + " cannot be read (" + FormatException.reason(failed) + ")")
                    .because(failed);
        }
    }

    @Override
    public void close() {
        // Nothing is open between two files.
    }
}
