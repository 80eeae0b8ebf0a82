package dev.gatun.tests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** A folder for the properties of one class, which run one after the other; jqwik has no {@code @TempDir}. */
public abstract class InTemporaryFolder {

    protected static Path folder;

    @BeforeContainer
    static void makeFolder() throws IOException {
        folder = Files.createTempDirectory("gatun-properties");
    }

    @AfterContainer
    static void removeFolder() throws IOException {
        for (Path file : Files.list(folder).toList()) {
            Files.delete(file);
        }
        Files.delete(folder);
    }
}
