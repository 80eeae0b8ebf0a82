package dev.gatun.cli;

import dev.gatun.cli.console.Refusal;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/**
 * Where a command will write, tried before it works, so that nobody trains for an hour and then learns that a folder is
 * misspelt. Trying leaves nothing behind and touches no file that is there.
 */
final class Target {

    private Target() {}

    /**
     * A file that will be made or replaced; a pipe or a device may be written too.
     *
     * @param option for the message
     * @throws Refusal if it cannot be written
     */
    static void file(String option, Path file) {
        String called = option + " " + file;
        if (Files.isDirectory(file)) {
            throw new Refusal(called + " is a folder; give the name of a file in it");
        }
        try {
            if (isThere(file) && !Files.isRegularFile(file)) {
                if (!Files.isWritable(file)) {
                    throw new Refusal(called + ": this user may not write to it; give another file");
                }
                return;
            }
            Path real = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
            Path folder = real.getParent();
            if (!Files.isDirectory(folder)) {
                throw new Refusal(called + ": the folder " + folder + (Files.exists(folder)
                        ? " is a file; give a folder's name"
                        : " does not exist; create it"));
            }
            requireRoom(called, folder);
        } catch (IOException refused) {
            throw new Refusal(called + ": it cannot be written (" + reason(refused) + "); give another file");
        }
    }

    /**
     * A file that will be made or replaced and must still be there afterwards.
     *
     * @param option for the message
     * @throws Refusal if it cannot be written, or is a pipe or a device
     */
    static void plainFile(String option, Path file) {
        file(option, file);
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new Refusal(option + " " + file + " is a pipe or a device, which keeps nothing; give a plain file");
        }
    }

    /**
     * A folder that will be made, with those above it, unless it is there.
     *
     * @param option for the message
     * @param names  of the files that will be written in it
     * @throws Refusal if it cannot be made, or one of the files cannot be written
     */
    static void folder(String option, Path folder, List<String> names) {
        String called = option + " " + folder;
        if (Files.isDirectory(folder)) {
            names.forEach(name -> plainFile(option, folder.resolve(name)));
            return;
        }
        try {
            if (isThere(folder)) {
                throw new Refusal(called + " is a file; give the name of a folder");
            }
            Path above = folder.toAbsolutePath().normalize().getParent();
            while (!Files.exists(above)) {
                above = above.getParent();
            }
            requireRoom(called, above);
        } catch (IOException refused) {
            throw new Refusal(called + ": the folder cannot be made (" + reason(refused) + "); give another");
        }
    }

    /**
     * Refuses to write over what is read.
     *
     * @param option for the message
     * @param inputs files that the command reads
     * @throws Refusal if the target is one of them
     * @throws IOException if the file system does not say
     */
    static void apart(String option, Path target, Path... inputs) throws IOException {
        for (Path input : inputs) {
            if (Files.exists(target) && Files.exists(input) && Files.isSameFile(target, input)) {
                throw new Refusal(option + " " + target + " is the file that is read, " + input
                        + ", and would replace it; give another");
            }
        }
    }

    /** The file system is asked for the name itself, so that it says if it is too long or not a name. */
    private static boolean isThere(Path file) throws IOException {
        try {
            Files.readAttributes(file, BasicFileAttributes.class);
            return true;
        } catch (NoSuchFileException none) {
            return false;
        }
    }

    /** Only making a file tells: permissions say nothing of a read-only or a full disk, and nothing to root. */
    private static void requireRoom(String called, Path folder) throws IOException {
        Path attempt;
        try {
            attempt = Files.createTempFile(folder, ".gatun-", ".tmp");
        } catch (IOException | SecurityException refused) {
            throw new Refusal(called + ": the folder " + folder + " cannot be written (" + reason(refused)
                    + "); give another");
        }
        try {
            Files.write(attempt, new byte[] {1});
        } finally {
            Files.deleteIfExists(attempt);
        }
    }

    private static String reason(Exception refused) {
        return refused instanceof FileSystemException told && told.getReason() != null
                ? told.getReason()
                : refused.getClass().getSimpleName().replace("Exception", "");
    }
}
