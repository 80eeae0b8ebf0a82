package dev.gatun.tests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the oracle fixtures lie. They are not part of the repository, so a test that needs them asks here and skips with
 * one line when they are absent: {@code Assumptions.assumeTrue(Shared.root().isPresent(), Shared.ABSENT)}.
 */
public final class Shared {

    /** What a skipped test says. */
    public static final String ABSENT = "skipped: ../shared with the oracle fixtures is not beside this repository";

    private Shared() {}

    /** The folder {@code shared} beside the repository, seen from the module {@code tests} or from the repository's root. */
    public static Optional<Path> root() {
        return Stream.of("../../shared", "../shared")
                .map(Path::of)
                .filter(candidate -> Files.isDirectory(candidate.resolve("fixtures")))
                .map(Shared::real)
                .findFirst();
    }

    /** Through links, which nobody walks into. */
    private static Path real(Path folder) {
        try {
            return folder.toRealPath();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    /** A file or folder below {@link #root}, if it is there. */
    public static Optional<Path> find(String relative) {
        return root().map(root -> root.resolve(relative)).filter(Files::exists);
    }
}
