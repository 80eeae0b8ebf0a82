package dev.gatun.tests;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.spi.ToolProvider;

/**
 * The jars that a user of Gatun has on the path, taken from this JVM's class path. What stands there as a folder of
 * classes, because nothing is packed yet, is packed here.
 */
public final class ProductJars {

    /** What a program needs that loads models: Gatun's own modules and the libraries of {@code formats}. */
    public static final List<String> FORMATS = List.of(
            "gatun-memory", "gatun-engine", "gatun-layers", "gatun-formats", "jhdf", "lz4-java",
            "compress-lzf", "commons-lang3", "slf4j-api", "tribuo-util-onnx", "protobuf-java");

    private static final Set<String> ROOMS = Set.of("memory", "data", "engine", "layers", "formats", "cli");

    private ProductJars() {}

    /**
     * Copies jars into a folder.
     *
     * @param names beginnings of their names, without the version
     * @return the folder
     */
    public static Path copy(Path folder, List<String> names) throws IOException {
        Files.createDirectories(folder);
        for (String name : names) {
            Path entry = classPath().stream().filter(candidate -> name(candidate).startsWith(name)).findFirst()
                    .orElseThrow(() -> new AssertionError("no " + name + " on the class path of the tests"));
            put(entry, folder);
        }
        return folder;
    }

    /** Copies everything but the tests themselves into a folder. */
    public static Path copyAll(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (Path entry : classPath()) {
            if (!name(entry).isEmpty()) {
                put(entry, folder);
            }
        }
        return folder;
    }

    private static void put(Path entry, Path folder) throws IOException {
        if (Files.isRegularFile(entry)) {
            Files.copy(entry, folder.resolve(entry.getFileName()));
            return;
        }
        Path jar = folder.resolve(name(entry) + ".jar");
        int failed = ToolProvider.findFirst("jar").orElseThrow()
                .run(System.out, System.err, "--create", "--file", jar.toString(), "-C", entry.toString(), ".");
        if (failed != 0) {
            throw new AssertionError("jar could not pack " + entry);
        }
    }

    /** A jar's file name, a room's artifact name for its folder of classes, empty for other folders. */
    private static String name(Path entry) {
        if (Files.isRegularFile(entry)) {
            return entry.getFileName().toString();
        }
        String room = entry.endsWith(Path.of("target", "classes"))
                ? entry.getName(entry.getNameCount() - 3).toString()
                : "";
        return ROOMS.contains(room) ? "gatun-" + room : "";
    }

    private static List<Path> classPath() {
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Arrays.stream(path.split(File.pathSeparator)).map(Path::of).filter(Files::exists).toList();
    }
}
