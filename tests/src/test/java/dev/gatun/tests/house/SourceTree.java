package dev.gatun.tests.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder of the whole project, wherever in it the tests run. */
final class SourceTree {

    static final Path ROOT = root();

    private SourceTree() {}

    static String text(String file) {
        try {
            return Files.readString(ROOT.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path root() {
        Path here = Path.of("").toAbsolutePath();
        while (here != null && !Files.isRegularFile(here.resolve(".mvn").resolve("format.xml"))) {
            here = here.getParent();
        }
        if (here == null) {
            throw new IllegalStateException("not inside Gatun's source tree: " + Path.of("").toAbsolutePath());
        }
        return here;
    }
}
