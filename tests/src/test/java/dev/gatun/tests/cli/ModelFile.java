package dev.gatun.tests.cli;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A folder of a test's own, and where the model goes that it trains.
abstract class ModelFile {

    @TempDir
    Path folder;

    Path model;

    @BeforeEach
    final void place() {
        model = folder.resolve("m.gatun");
    }
}
