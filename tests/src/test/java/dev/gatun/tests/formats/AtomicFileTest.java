package dev.gatun.tests.formats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.formats.tensors.AtomicFile;
import dev.gatun.formats.tensors.FullDisk;
import dev.gatun.formats.tensors.SafetensorsWriter;
import dev.gatun.memory.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {

    @TempDir
    Path folder;

    @Test
    void writesANewFileAndLeavesNothingElse() throws IOException {
        Path file = folder.resolve("new.bin");
        AtomicFile.write(file, out -> out.write(bytes("new")));
        assertEquals("new", Files.readString(file));
        assertEquals(List.of(file), listing());
    }

    @Test
    void replacesAnOldFileWhole() throws IOException {
        Path file = Files.writeString(folder.resolve("old.bin"), "something longer than the new content");
        AtomicFile.writeStream(file, out -> out.write("new".getBytes(StandardCharsets.UTF_8)));
        assertEquals("new", Files.readString(file));
        assertEquals(List.of(file), listing());
    }

    @Test
    void theOldFileStandsUntilTheNewOneIsWhole() throws IOException {
        Path file = Files.writeString(folder.resolve("old.bin"), "old");
        AtomicFile.write(file, out -> {
            out.write(bytes("half"));
            assertEquals("old", Files.readString(file));
        });
        assertEquals("half", Files.readString(file));
    }

    @Test
    void aFullDiskLeavesTheOldFileAndSaysSo() throws Exception {
        Path file = Files.writeString(folder.resolve("old.bin"), "old");
        IOException told = assertThrows(IOException.class, () -> FullDisk.of(2)
                .during(() -> AtomicFile.write(file, out -> writeAll(out, "new content"))));
        assertMessage(told, file.toString(), "disk is full", "No space left", "old file is intact", "Free some space");
        assertEquals("old", Files.readString(file));
        assertEquals(List.of(file), listing());
    }

    @Test
    void aFullDiskNoticedOnlyWhenForcedIsTheSame() throws Exception {
        Path file = Files.writeString(folder.resolve("old.bin"), "old");
        IOException told = assertThrows(IOException.class, () -> FullDisk.noticedLate()
                .during(() -> AtomicFile.write(file, out -> writeAll(out, "new content"))));
        assertMessage(told, file.toString(), "disk is full", "old file is intact");
        assertEquals("old", Files.readString(file));
        assertEquals(List.of(file), listing());
    }

    @Test
    void aFullDiskLeavesNoPartOfANewFile() throws Exception {
        Path file = folder.resolve("new.bin");
        IOException told = assertThrows(IOException.class, () -> FullDisk.of(2)
                .during(() -> AtomicFile.write(file, out -> writeAll(out, "new content"))));
        assertMessage(told, file.toString(), "disk is full", "no part of it was left behind");
        assertEquals(List.of(), listing());
    }

    @Test
    void aSafetensorsFileOnAFullDiskFailsAtEveryByte() throws Exception {
        Path file = Files.writeString(folder.resolve("model.safetensors"), "old");
        SafetensorsWriter writer = new SafetensorsWriter().metadata("k", "v").tensor("t", Tensor.zeros(3, 5));
        for (int room : new int[] {0, 1, 8, 9, 60, 100, 150}) {
            assertThrows(IOException.class, () -> FullDisk.of(room).during(() -> writer.write(file)));
            assertEquals("old", Files.readString(file));
            assertEquals(List.of(file), listing());
        }
        FullDisk.of(10_000).during(() -> writer.write(file));
        assertTrue(Files.size(file) > 60);
    }

    @Test
    void aBodyThatSwallowsTheFailureDoesNotReplaceTheFile() throws Exception {
        Path file = Files.writeString(folder.resolve("old.bin"), "old");
        IOException told = assertThrows(IOException.class, () -> FullDisk.of(2).during(() -> AtomicFile.write(file,
                out -> {
                    try {
                        writeAll(out, "new content");
                    } catch (IOException swallowed) {
                        return;
                    }
                })));
        assertMessage(told, "disk is full");
        assertEquals("old", Files.readString(file));
        assertEquals(List.of(file), listing());
    }

    @Test
    void whatTheBodyThrowsGoesThrough() throws IOException {
        Path file = Files.writeString(folder.resolve("old.bin"), "old");
        IOException own = new IOException("the body's own");
        assertEquals(own, assertThrows(IOException.class, () -> AtomicFile.write(file, out -> {
            throw own;
        })));
        assertThrows(IllegalStateException.class, () -> AtomicFile.write(file, out -> {
            throw new IllegalStateException("unchecked");
        }));
        assertEquals("old", Files.readString(file));
        assertEquals(List.of(file), listing());
    }

    @Test
    void aBodyMayCloseItsChannel() throws IOException {
        Path file = folder.resolve("closed.bin");
        AtomicFile.writeStream(file, out -> {
            try (out) {
                out.write('x');
            }
        });
        assertEquals("x", Files.readString(file));
    }

    @Test
    void aFolderAndAMissingFolderAreNamed() {
        IOException isFolder = assertThrows(IOException.class, () -> AtomicFile.write(folder, out -> {}));
        assertMessage(isFolder, folder.toString(), "this is a folder");
        Path file = folder.resolve("missing").resolve("file.bin");
        IOException noFolder = assertThrows(IOException.class, () -> AtomicFile.write(file, out -> {}));
        assertMessage(noFolder, file.toString(), "does not exist", "create it");
        assertFalse(Files.exists(file.getParent()));
    }

    @Test
    void linksAreFollowedAndPermissionsKept() throws IOException {
        Assumptions.assumeTrue(
                FileSystems.getDefault().supportedFileAttributeViews().contains("posix"),
                "skipped: no POSIX permissions");
        Path file = Files.writeString(folder.resolve("real.bin"), "old");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        Path link = Files.createSymbolicLink(folder.resolve("link.bin"), file);
        AtomicFile.write(link, out -> writeAll(out, "new"));
        assertTrue(Files.isSymbolicLink(link));
        assertEquals("new", Files.readString(file));
        assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void aDeviceIsWrittenDirectlyAndStaysADevice() {
        Path full = Path.of("/dev/full");
        Assumptions.assumeTrue(Files.exists(full), "skipped: no /dev/full here");
        IOException told = assertThrows(IOException.class, () -> AtomicFile.write(full, out -> writeAll(out, "new")));
        assertMessage(told, "/dev/full", "disk is full");
        assertFalse(Files.isRegularFile(full));
    }

    private List<Path> listing() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private static void writeAll(WritableByteChannel out, String text) throws IOException {
        ByteBuffer bytes = bytes(text);
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertMessage(Exception told, String... parts) {
        for (String part : parts) {
            assertTrue(told.getMessage().contains(part), () -> "'" + part + "' is missing in: " + told.getMessage());
        }
        assertEquals(1, told.getMessage().lines().count());
    }
}
