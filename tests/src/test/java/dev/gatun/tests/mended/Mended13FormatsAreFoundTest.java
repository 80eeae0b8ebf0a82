package dev.gatun.tests.mended;

import static org.junit.jupiter.api.Assertions.assertNull;

import dev.gatun.layers.model.Model;
import dev.gatun.tests.formats.GatunModels;
import java.nio.file.Path;
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
