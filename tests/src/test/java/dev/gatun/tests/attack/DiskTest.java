package dev.gatun.tests.attack;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatun.cli.Main;
import dev.gatun.formats.tensors.AtomicFile;
import dev.gatun.formats.tensors.FullDisk;
import dev.gatun.formats.tensors.Npy;
import dev.gatun.layers.model.Model;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.bits.Zoo;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Disks that are full at any byte, folders that cannot be written, and targets that become something else meanwhile. */
final class DiskTest {

    @TempDir
    Path folder;

    private Model model;
    private Path file;
    private byte[] old;

    @BeforeEach
    void save() throws IOException {
        model = Zoo.STACK.model();
        file = folder.resolve("model.gatun");
        model.save(file);
        old = Files.readAllBytes(file);
        model.initialize(77);
    }

    @AfterEach
    void close() {
        model.close();
    }

    @Test
    void aDiskThatIsFullAtAnyByte() throws Exception {
        int rooms = Dose.of(20, 1_000);
        for (int i = 0; i < rooms; i++) {
            FullDisk disk = i == 0 ? FullDisk.noticedLate() : FullDisk.of((long) old.length * i / rooms);
            refused(() -> disk.during(() -> model.save(file)));
            assertArrayEquals(old, Files.readAllBytes(file), "the old file");
            assertEquals(List.of("model.gatun"), listing(folder));
        }
        Row.tell(DiskTest.class, "Full disk while saving", String.format(Locale.ROOT,
                "%,d times full, each at another byte: %,d sentences, the old file whole each time, nothing left",
                rooms, rooms));
    }

    @Test
    void aDiskThatIsFullForTheCommandLine() throws Exception {
        Path x = folder.resolve("x.npy");
        Path y = folder.resolve("y.npy");
        Npy.write(x, Tensor.zeros(40, 6, 5));
        Files.writeString(y, "old");
        for (int room : new int[] {0, 1, 127, 128, 400}) {
            StringWriter err = new StringWriter();
            FullDisk.of(room).during(() -> assertNotEquals(0, Main.commandLine().setErr(new PrintWriter(err, true))
                    .execute("predict", file.toString(), "--input", x.toString(), "--output", y.toString())));
            assertEquals(Optional.empty(), Sentence.fault(err.toString().strip()), err.toString());
            assertEquals("old", Files.readString(y));
        }
        assertEquals(List.of("model.gatun", "x.npy", "y.npy"), listing(folder));
    }

    @Test
    void aDeviceThatIsFull() throws Exception {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "there is no /dev/full here");
        Path link = Files.createSymbolicLink(folder.resolve("full.gatun"), full);
        refused(() -> model.save(link));
        assertTrue(Files.isSymbolicLink(link));
        Files.delete(link);
    }

    @Test
    void aFolderNobodyCanWrite() {
        assumeTrue(Files.isDirectory(Path.of("/proc")), "there is no folder here that nobody can write");
        refused(() -> model.save(Path.of("/proc/model.gatun")));
        refused(() -> model.save(Path.of("/proc/version/model.gatun")));
        refused(() -> model.save(folder));
        refused(() -> model.save(file.resolve("model.gatun")));
        refused(() -> model.save(folder.resolve("n".repeat(300) + ".gatun")));
    }

    /** A folder, a removed folder, a link that leads nowhere: each takes the target's place before the rename. */
    @Test
    void aTargetThatBecomesSomethingElseMeanwhile() throws Exception {
        Path other = Files.createDirectory(folder.resolve("other"));
        Path target = other.resolve("target.bin");
        replacedBy(target, () -> Files.createDirectory(target));
        assertEquals(List.of("target.bin"), listing(other));
        replacedBy(target, () -> Files.createFile(Files.createDirectory(target).resolve("inside")));
        assertEquals(List.of("target.bin"), listing(other));
        replacedBy(target, () -> {
            try (Stream<Path> files = Files.list(other)) {
                for (Path each : files.toList()) {
                    Files.delete(each);
                }
            }
            Files.delete(other);
        });
        assertEquals(List.of("model.gatun"), listing(folder));
    }

    /** While one thread saves, another makes the target a folder and a file again. */
    @Test
    void aTargetThatIsAFolderEveryOtherMoment() throws Exception {
        Path race = Files.createDirectory(folder.resolve("race"));
        Path target = race.resolve("model.gatun");
        AtomicBoolean over = new AtomicBoolean();
        Thread other = Thread.ofPlatform().start(() -> {
            while (!over.get()) {
                try {
                    Files.deleteIfExists(target);
                    Files.createDirectory(target);
                    Thread.sleep(1);
                    Files.deleteIfExists(target);
                } catch (IOException | InterruptedException lost) {
                    Thread.onSpinWait(); // The other one was faster.
                }
            }
        });
        int saves = Dose.of(30, 2_000);
        int saved = 0;
        try {
            for (int i = 0; i < saves; i++) {
                try {
                    model.save(target);
                    saved++;
                } catch (IOException told) {
                    assertEquals(Optional.empty(), Sentence.fault(told.getMessage()), told.getMessage());
                }
            }
        } finally {
            over.set(true);
            other.join();
        }
        assertTrue(List.of(List.of(), List.of("model.gatun")).contains(listing(race)), listing(race).toString());
        Row.tell(DiskTest.class, "Target that becomes a folder meanwhile", String.format(Locale.ROOT,
                "%,d saves: %,d done, %,d refused with a sentence, no temporary file left", saves, saved,
                saves - saved));
    }

    private void replacedBy(Path target, FullDisk.Saving meanwhile) throws Exception {
        Files.deleteIfExists(target.resolve("inside"));
        Files.deleteIfExists(target);
        Files.writeString(target, "old");
        IOException told = assertThrows(IOException.class, () -> AtomicFile.write(target, out -> {
            out.write(ByteBuffer.wrap(old));
            Files.delete(target);
            try {
                meanwhile.run();
            } catch (Exception failed) {
                throw new IOException(failed);
            }
        }));
        plain(told);
    }

    private static void refused(FullDisk.Saving saving) {
        plain(assertThrows(IOException.class, saving::run));
    }

    private static void plain(IOException told) {
        // A FileSystemException's own text is the file, then the reason.
        String said = told instanceof FileSystemException system && system.getReason() != null
                ? system.getReason()
                : told.getMessage();
        assertEquals(Optional.empty(), Sentence.fault(said), told.toString());
    }

    private static List<String> listing(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(each -> each.getFileName().toString()).sorted().toList();
        }
    }
}
