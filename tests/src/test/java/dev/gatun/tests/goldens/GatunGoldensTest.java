package dev.gatun.tests.goldens;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.formats.tensors.Safetensors;
import dev.gatun.formats.tensors.SafetensorsFile;
import dev.gatun.layers.model.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Files that earlier commits wrote load, and predict and resume with the bits kept beside them. A new format version adds a
 * folder: {@code -Dtest=GatunGoldensTest -Dgatun.goldens.write=true} writes the files that are not there yet, and none twice.
 *
 * <p>Where bits change on purpose, {@code -Dgatun.goldens.renew=true} writes anew what is kept beside the files. That has been
 * done once: since tanh and sigmoid divide, in the place of a seed of the reciprocal and a Newton step, their last bits are
 * others.
 */
final class GatunGoldensTest {

    private static final Path FOLDER = Path.of("src", "test", "resources", "goldens", "gatun");

    private static final String WRITE = "write what is missing: -Dtest=GatunGoldensTest -Dgatun.goldens.write=true";

    @TempDir
    static Path temporary;

    @BeforeAll
    static void writeIfAsked() throws IOException {
        if (Boolean.getBoolean("gatun.goldens.write")) {
            Path folder = FOLDER.resolve("v" + versionWrittenNow());
            for (Map.Entry<String, GatunGoldenModels.Plan> plan : GatunGoldenModels.plans().entrySet()) {
                Path file = folder.resolve(plan.getKey() + ".gatun");
                if (!Files.exists(file)) {
                    new GatunGolden(file).write(plan.getValue());
                }
            }
        }
        if (Boolean.getBoolean("gatun.goldens.renew")) {
            for (GatunGolden golden : goldens()) {
                golden.renew();
            }
        }
    }

    static List<GatunGolden> goldens() throws IOException {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".gatun")).sorted().map(GatunGolden::new).toList();
        }
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void loadsPredictsAndResumesWithTheSameBits(GatunGolden golden) throws IOException {
        Map<String, Object> kept = golden.kept();
        Map<String, Object> now = golden.now(kept);
        assertEquals(kept.keySet(), now.keySet());
        kept.forEach((part, value) -> assertEquals(value, now.get(part), part));
    }

    /** What is loaded and saved again is a file of today's version, and behaves as the old one. */
    @ParameterizedTest
    @MethodSource("goldens")
    void savedAgainItIsTheSameModel(GatunGolden golden) throws IOException {
        Path again = temporary.resolve(golden.file().getParent().getFileName() + "-" + golden.file().getFileName());
        try (Model model = Model.load(golden.file())) {
            model.save(again);
        }
        assertEquals(versionWrittenNow(), version(again));
        Map<String, Object> kept = golden.kept();
        assertEquals(kept, new GatunGolden(again).now(kept));
    }

    /** Every version there has been has files, each in its folder; the latest has one of every model. */
    @Test
    void everyVersionHasItsGoldens() throws IOException {
        Map<String, Set<String>> there = new TreeMap<>();
        for (GatunGolden golden : goldens()) {
            String folder = golden.file().getParent().getFileName().toString();
            assertEquals("v" + version(golden.file()), folder);
            there.computeIfAbsent(folder, name -> new TreeSet<>())
                    .add(golden.file().getFileName().toString().replace(".gatun", ""));
        }
        int latest = versionWrittenNow();
        for (int version = 1; version <= latest; version++) {
            assertTrue(there.containsKey("v" + version), "no golden of version " + version);
        }
        assertEquals(GatunGoldenModels.plans().keySet(), there.get("v" + latest), WRITE);
    }

    /** Two epochs more change every trained weight, or resuming would prove nothing. */
    @Test
    void resumingMovesTheWeights() throws IOException {
        for (GatunGolden golden : goldens()) {
            Map<String, Object> kept = golden.kept();
            if (kept.get("weights") instanceof Map<?, ?> weights) {
                try (Model model = Model.load(golden.file())) {
                    model.weights().forEach(weight -> assertNotEquals(
                            bits(weight.get().toArray()), ((Map<?, ?>) weights.get(weight.name())).get("bits"),
                            golden + " " + weight.name()));
                }
            }
        }
    }

    private static List<Long> bits(float[] numbers) {
        return java.util.stream.IntStream.range(0, numbers.length)
                .mapToObj(i -> (long) Float.floatToRawIntBits(numbers[i])).collect(Collectors.toList());
    }

    private static int versionWrittenNow() throws IOException {
        Path file = Files.createTempFile(temporary, "now", ".gatun");
        try (Model model = GatunGoldenModels.plans().get("permuted-sgd").model().get()) {
            model.save(file);
        }
        return version(file);
    }

    private static int version(Path file) throws IOException {
        try (SafetensorsFile tensors = Safetensors.read(file)) {
            return Integer.parseInt(tensors.metadata().get("gatun.format"));
        }
    }
}
