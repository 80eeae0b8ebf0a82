package dev.gatun.tests.mended;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Holds the lock of a file until its standard input ends. */
final class LocksAFile {

    private LocksAFile() {}

    public static void main(String[] none) throws IOException {
        Path file = Path.of(System.getProperty("target"));
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE); FileLock lock = channel.lock()) {
            System.out.println("locked " + lock.isValid());
            int ended = System.in.read();
            System.out.println("unlocked " + ended);
        }
    }
}
