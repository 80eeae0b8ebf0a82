package dev.gatun.tests.formats;

import dev.gatun.layers.model.Model;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A folder of a test's own with a sound file in it, of a model with all there can be. */
abstract class SavedModel {

    @TempDir
    Path folder;

    Path sound;

    @BeforeEach
    final void save() throws IOException {
        sound = folder.resolve("sound.gatun");
        try (Model model = GatunModels.rich(1)) {
            model.save(sound);
        }
    }
}
