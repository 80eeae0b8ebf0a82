package dev.gatun.formats.tensors;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;

/** What a disk that refuses a file is said to have done, in our words: the JDK's are often a class and a temporary name. */
final class WriteRefusal {

    private WriteRefusal() {}

    /**
     * @param target the file as the user named it
     * @param failed what the disk said
     * @param old    what has become of the file that was to be replaced
     */
    static FileSystemException of(Path target, Exception failed, String old) {
        String reason = reason(failed);
        String kept = "the old file is intact".equals(old) && !Files.isRegularFile(target)
                ? "the file that was there has been moved or removed meanwhile"
                : old;
        FileSystemException told = new FileSystemException(target.toString(), null, isFull(reason)
                ? "the disk is full (" + reason + "); " + kept + ". Free some space or write elsewhere"
                : "cannot be written (" + reason + "); " + kept);
        told.initCause(failed);
        return told;
    }

    private static boolean isFull(String reason) {
        return reason.contains("No space left") || reason.contains("not enough space on the disk")
                || reason.contains("quota exceeded");
    }

    private static String reason(Exception failed) {
        return switch (failed) {
            case AccessDeniedException denied -> "this user may not write into its folder";
            case NoSuchFileException gone -> "its folder is no longer there, or takes no new files";
            case DirectoryNotEmptyException folder -> "a folder has its name now";
            case FileSystemException system when system.getReason() != null ->
                system.getReason().toLowerCase(Locale.ROOT).contains("is a directory")
                        ? "a folder has its name now"
                        : system.getReason();
            case IOException said when said.getMessage() != null && !(said instanceof FileSystemException) ->
                said.getMessage();
            case UnsupportedOperationException less -> "its file system cannot do that";
            default -> "the system gives no reason";
        };
    }
}
