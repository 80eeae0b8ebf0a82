package dev.gatun.tests.mended;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.gatun.formats.gatun.GatunFormat;
import dev.gatun.formats.keras.KerasFormat;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.ModelReader;
import dev.gatun.layers.model.ModelSource;
import dev.gatun.layers.model.ModelWriter;
import dev.gatun.tests.formats.GatunModels;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Number 13: formats are found on threads whose class loader knows nothing of the application, as those of pools. */
class Mended13FormatsAreFoundTest {

    @TempDir
    Path folder;

    @Test
    void withoutAContextClassLoader() throws Exception {
        savesAndLoadsWith(null);
    }

    @Test
    void withThePlatformsClassLoader() throws Exception {
        savesAndLoadsWith(ClassLoader.getPlatformClassLoader());
    }

    /** What can only be read is no writer, and each is found by what it goes by. */
    @Test
    void readersByContentAndWritersByEnding() throws IOException {
        Path file = folder.resolve("model.keras");
        try (Model model = GatunModels.rich(1); OutputStream out = Files.newOutputStream(file)) {
            assertInstanceOf(GatunFormat.class, ModelWriter.of(Path.of("a.GATUN")));
            assertInstanceOf(GatunFormat.class, ModelWriter.of("safetensors"));
            model.save(out, "gatun");
        }
        Path misnamed = Files.move(file, folder.resolve("model.bin"));
        try (ModelSource source = ModelSource.of(misnamed)) {
            assertInstanceOf(GatunFormat.class, ModelReader.of(source));
        }
        assertInstanceOf(KerasFormat.class, ModelWriter.of("keras"));
        List<String> writers = ServiceLoader.load(ModelWriter.class).stream()
                .map(writer -> writer.type().getSimpleName()).toList();
        assertEquals("GatunFormat", writers.getFirst());
    }

    private void savesAndLoadsWith(ClassLoader loader) throws InterruptedException {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread thread = Thread.ofPlatform().unstarted(() -> {
            try (Model model = GatunModels.rich(1)) {
                Path file = folder.resolve("model.gatun");
                model.save(file);
                Model.load(file).close();
            } catch (Throwable failed) {
                failure.set(failed);
            }
        });
        thread.setContextClassLoader(loader);
        thread.start();
        thread.join();
        assertNull(failure.get());
    }
}
