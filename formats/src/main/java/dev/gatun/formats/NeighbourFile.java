package dev.gatun.formats;

import dev.gatun.memory.check.Arguments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A file that another one names. The name is not to be trusted: only what lies in the folder of the file that names it, or below,
 * is opened, and no link that leads out of it is followed.
 */
public final class NeighbourFile {

    private NeighbourFile() {}

    /**
     * The file that a name means.
     *
     * @param owner the file that names it
     * @param name  as it stands there
     * @return the path, of which it is not said that there is such a file; empty if the name leads out of the folder
     */
    public static Optional<Path> of(Path owner, String name) {
        Arguments.required(owner, "NeighbourFile.of", "owner", "the path of a file");
        Arguments.required(name, "NeighbourFile.of", "name", "the name of another file");
        try {
            Path folder = owner.toAbsolutePath().normalize().getParent();
            Path relative = folder.getFileSystem().getPath(name);
            Path file = folder.resolve(relative).normalize();
            if (relative.isAbsolute() || !file.startsWith(folder) || file.equals(folder)) {
                return Optional.empty();
            }
            return Files.exists(file) && !file.toRealPath().startsWith(folder.toRealPath())
                    ? Optional.empty()
                    : Optional.of(file);
        } catch (InvalidPathException | IOException noName) {
            return Optional.empty();
        }
    }
}
