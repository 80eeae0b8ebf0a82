package dev.gatun.tests.attack;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.gatun.formats.Imported;
import dev.gatun.formats.tensors.Npy;
import dev.gatun.formats.tensors.Safetensors;
import dev.gatun.formats.tensors.SafetensorsFile;
import dev.gatun.formats.tensors.TensorInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Every reader on bytes that a fuzzer makes: each is read, or refused with a sentence. {@link FuzzCampaignTest} lets the fuzzer
 * run, and {@link FuzzRegressionTest} runs the seeds and what was once found in every build.
 */
final class FuzzTargets {

    /** The fuzzer wants a constructor. */
    FuzzTargets() {}

    private static final String LONG = "30m";
    /** Where the fuzzer looks for them. */
    private static final Path SEEDS = Path.of("src", "test", "resources", "dev", "gatun", "tests", "attack",
            "FuzzTargetsInputs");

    /** What reads a file. */
    private interface Reader {
        void read(Path file) throws IOException;
    }

    /** The seeds of a reader and what was once found with it; none if it has no folder. */
    static List<Path> inputs(String reader) throws IOException {
        Path folder = SEEDS.resolve(reader);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    @FuzzTest(maxDuration = LONG)
    void gatun(byte[] bytes) throws IOException {
        attempt(bytes, FuzzTargets::model);
    }

    @FuzzTest(maxDuration = LONG)
    void keras(byte[] bytes) throws IOException {
        attempt(bytes, FuzzTargets::model);
    }

    @FuzzTest(maxDuration = LONG)
    void npy(byte[] bytes) throws IOException {
        attempt(bytes, Npy::read);
    }

    @FuzzTest(maxDuration = LONG)
    void safetensors(byte[] bytes) throws IOException {
        attempt(bytes, file -> {
            try (SafetensorsFile open = Safetensors.read(file)) {
                for (TensorInfo tensor : open.tensors()) {
                    open.tensor(tensor.name());
                }
            }
        });
    }

    private static void model(Path file) throws IOException {
        Imported.read(file).close();
    }

    private static void attempt(byte[] bytes, Reader reader) throws IOException {
        Path file = Files.createTempFile("gatun-fuzz", "");
        try {
            Files.write(file, bytes);
            reader.read(file);
        } catch (IOException refused) {
            // Which words are ours is asked by DamagedFilesTest: the fuzzer would only learn the words that are looked for.
            if (refused.getMessage() == null || refused.getMessage().lines().count() != 1) {
                throw new AssertionError("Not one line: " + refused.getMessage(), refused);
            }
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
