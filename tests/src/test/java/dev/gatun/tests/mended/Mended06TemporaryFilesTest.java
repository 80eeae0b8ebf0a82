package dev.gatun.tests.mended;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.formats.tensors.AtomicFile;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Input;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.Fork;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Number 6: no temporary file stays behind, and none is taken away from who is writing it. */
class Mended06TemporaryFilesTest {

    private static final long BEFORE_ALL_PROCESSES = 1;

    @TempDir
    Path folder;

    @Test
    @Timeout(120)
    void killedSavesLeaveTheModelAndNothingElse() throws Exception {
        kill(2, 2);
    }

    @Test
    @Tag("thorough")
    @Timeout(600)
    void fiftyKilledSavesLeaveTheModelAndNothingElse() throws Exception {
        kill(25, 25);
    }

    private void kill(int kills, int terms) throws Exception {
        Random random = new Random(6);
        Path file = folder.resolve("model.gatun");
        for (int round = 0; round < kills + terms; round++) {
            boolean isKill = round < kills;
            Process process = Fork.start(SavesForever.class, "-Dtarget=" + file, "-Xshare:auto", "-XX:+UseSerialGC");
            awaitLine(process, "saved");
            Thread.sleep(random.nextInt(60));
            if (isKill) {
                process.destroyForcibly();
            } else {
                process.destroy();
            }
            assertTrue(process.waitFor(60, TimeUnit.SECONDS), "ended");
            try (Model model = Model.load(file)) {
                assertEquals(1_002_000, model.parameterCount());
                if (isKill) {
                    model.save(file);
                }
            }
            assertEquals(List.of(file), listing(), "round " + round);
        }
    }

    @Test
    void whatADeadProcessLeftIsSweptByTheNextSave() throws IOException {
        Process dead = new ProcessBuilder(java(), "-version").redirectErrorStream(true).start();
        dead.onExit().join();
        leave(dead.pid(), Instant.now().toEpochMilli(), 0);
        leave(ProcessHandle.current().pid(), BEFORE_ALL_PROCESSES, 1); // Our number, given to another before us.
        Path old = Files.createFile(folder.resolve(".gatun-0b1f.tmp"));
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
        assertEquals(List.of(save()), listing());
    }

    @Test
    void whatIsNotSurelyLeftOverStays() throws IOException {
        long began = ProcessHandle.current().info().startInstant().map(Instant::toEpochMilli).orElse(0L);
        Path own = leave(ProcessHandle.current().pid(), began, 99);
        Path young = Files.createFile(folder.resolve(".gatun-0b1f.tmp"));
        Path foreign = Files.createFile(folder.resolve("notes.tmp"));
        Path file = save();
        assertEquals(Stream.of(own, young, foreign, file).sorted().toList(), listing());
    }

    @Test
    @Timeout(60)
    void aFileThatAProcessHoldsStaysAlthoughTheProcessIsNotSeen() throws Exception {
        // As from another container: its number means nothing here, or another process.
        Path held = leave(ProcessHandle.current().pid(), BEFORE_ALL_PROCESSES, 0);
        Process holder = Fork.start(LocksAFile.class, "-Dtarget=" + held);
        try {
            awaitLine(holder, "locked true");
            Path file = save();
            assertEquals(Stream.of(held, file).sorted().toList(), listing());
            holder.getOutputStream().close();
            holder.onExit().join();
            save();
            assertEquals(List.of(file), listing());
        } finally {
            holder.destroyForcibly();
        }
    }

    /** In both directions: neither sees the other's file as left over, nor takes its name. */
    @Test
    @Timeout(60)
    void threadsThatSaveIntoOneFolderDoNotDisturbEachOther() throws Exception {
        try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
            List<Callable<Void>> tasks = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                Path file = folder.resolve("file" + thread % 2);
                tasks.add(() -> {
                    for (int i = 0; i < 50; i++) {
                        AtomicFile.write(file, out -> out.write(ByteBuffer.wrap(new byte[1000])));
                        assertEquals(1000, Files.size(file));
                    }
                    return null;
                });
            }
            for (Future<Void> done : pool.invokeAll(tasks)) {
                done.get();
            }
        }
        assertEquals(2, listing().size());
    }

    private Path leave(long pid, long began, int slot) throws IOException {
        return Files.createFile(folder.resolve(".gatun-" + pid + "-" + began + "-" + slot + ".tmp"));
    }

    private Path save() throws IOException {
        Path file = folder.resolve("model.gatun");
        try (Model model = Sequential.of(Input.shape(2), Dense.units(1))) {
            model.save(file);
            assertEquals(1, model.predict(Tensor.zeros(1, 2)).shape().elements());
        }
        return file;
    }

    private static void awaitLine(Process process, String expected) throws IOException {
        BufferedReader lines = new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = lines.readLine();
        assertEquals(expected, line);
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private List<Path> listing() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }
}
