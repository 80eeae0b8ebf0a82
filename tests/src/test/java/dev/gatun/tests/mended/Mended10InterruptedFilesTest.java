package dev.gatun.tests.mended;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.formats.tensors.Npy;
import dev.gatun.formats.tensors.Safetensors;
import dev.gatun.layers.model.Model;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.Shared;
import dev.gatun.tests.formats.GatunModels;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Number 10: files are read and written on an interrupted thread, and the interrupt is still there afterwards. */
class Mended10InterruptedFilesTest {

    @TempDir
    Path folder;

    @AfterEach
    void leaveNoInterrupt() {
        Thread.interrupted();
    }

    /** What is done with files. */
    @FunctionalInterface
    private interface Work {
        void run() throws IOException;
    }

    private static void interrupted(Work work) throws IOException {
        Thread.currentThread().interrupt();
        work.run();
        assertTrue(Thread.interrupted(), "the interrupt is there again");
    }

    @Test
    void modelsAreSavedAndLoaded() throws IOException {
        Path file = folder.resolve("model.gatun");
        Path again = folder.resolve("again.gatun");
        try (Model model = GatunModels.rich(1)) {
            interrupted(() -> model.save(file));
            interrupted(() -> {
                try (Model loaded = Model.load(file)) {
                    loaded.save(again);
                }
            });
        }
        assertEquals(-1, Files.mismatch(file, again));
    }

    @Test
    void modelsOfKerasAreLoaded() throws IOException {
        Optional<Path> keras = Shared.find("fixtures/files/keras3_a_tiny_A.keras");
        if (keras.isPresent()) {
            interrupted(() -> Model.load(keras.get()).close());
        }
    }

    @Test
    void tensorsAreReadAndWritten() throws IOException {
        Tensor tensor = Tensor.of(new float[] {1, 2, 3}, 3);
        Path npy = folder.resolve("x.npy");
        interrupted(() -> Npy.write(npy, tensor));
        interrupted(() -> assertArrayEquals(tensor.toArray(), Npy.read(npy).toArray()));
        Path file = folder.resolve("model.gatun");
        try (Model model = GatunModels.rich(1)) {
            model.save(file);
        }
        interrupted(() -> Safetensors.read(file).close());
    }

    /** There an interrupted channel would be the archive's, and close it for everybody. */
    @Test
    void archivesStayOpen() throws IOException {
        try (FileSystem zip = FileSystems.newFileSystem(folder.resolve("a.zip"), Map.of("create", "true"));
                Model model = GatunModels.rich(1)) {
            interrupted(() -> model.save(zip.getPath("/model.gatun")));
            interrupted(() -> Model.load(zip.getPath("/model.gatun")).close());
        }
        try (FileSystem zip = FileSystems.newFileSystem(folder.resolve("a.zip"))) {
            interrupted(() -> Model.load(zip.getPath("/model.gatun")).close());
            Model.load(zip.getPath("/model.gatun")).close();
        }
    }

    @Test
    @Timeout(60)
    void interruptsThatComeUnderWayDoNoHarm() throws Exception {
        Path file = folder.resolve("model.gatun");
        AtomicBoolean done = new AtomicBoolean();
        Thread self = Thread.currentThread();
        Thread nuisance = Thread.ofPlatform().start(() -> {
            while (!done.get()) {
                self.interrupt();
                Thread.onSpinWait();
            }
        });
        try (Model model = GatunModels.rich(1)) {
            for (int i = 0; i < 50; i++) {
                model.save(file);
                Model.load(file).close();
            }
        } finally {
            done.set(true);
            Thread.interrupted();
            joinAll(nuisance);
        }
        assertFalse(nuisance.isAlive());
    }

    private static void joinAll(Thread thread) {
        while (thread.isAlive()) {
            Thread.interrupted();
            Thread.onSpinWait();
        }
    }
}
