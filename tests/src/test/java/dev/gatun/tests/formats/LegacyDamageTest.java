package dev.gatun.tests.formats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.gatun.formats.Imported;
import dev.gatun.tests.Shared;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damaged HDF5 files, as jHDF writes them and as Keras does: cut off, or with a number in them that says too much. Each is read or
 * refused in one line; none takes two seconds.
 */
final class LegacyDamageTest {

    private static final long MOST_NANOS = 2_000_000_000L;
    private static final int TRIES = 150;
    private static final long[] EXTREMES = {0, 1, -1, 0x7fffffffL, 0xffffffffL, Long.MAX_VALUE, Long.MIN_VALUE};

    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicTest> damagedFilesAreReadOrRefused() {
        Path own = new LegacyH5().layer("d", "d/kernel:0", new float[][] {{1, 2}}, "d/bias:0", new float[2])
                .model(folder.resolve("own.h5"), "2.3.1", """
                        {"class_name": "Sequential", "config": [{"class_name": "Dense", "config": {"name": "d", "units": 2,
                        "batch_input_shape": [null, 1]}}]}""");
        return Stream.concat(Stream.of(own),
                Stream.of("fixtures/files/tiny_A_keras1names.h5", "oracles/keras_h5/fn_nested_models.h5",
                        "models/keras-legacy/simple_lstm_tf_keras_1_model.h5")
                        .flatMap(name -> Shared.find(name).stream()))
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(),
                        () -> damage(Files.readAllBytes(file))));
    }

    private void damage(byte[] sound) throws IOException {
        read(sound);
        int step = Math.max(64, sound.length / 60 / 64 * 64);
        for (int length = 0; length < sound.length; length += step) {
            read(Arrays.copyOf(sound, length));
        }
        Random random = new Random(20261126);
        for (int i = 0; i < TRIES; i++) {
            byte[] damaged = sound.clone();
            ByteBuffer bytes = ByteBuffer.wrap(damaged).order(ByteOrder.LITTLE_ENDIAN);
            int at = random.nextInt(Math.min(sound.length, 1 << 16) - Long.BYTES);
            long extreme = EXTREMES[random.nextInt(EXTREMES.length)];
            switch (random.nextInt(4)) {
                case 0 -> bytes.put(at, (byte) extreme);
                case 1 -> bytes.putInt(at, (int) extreme);
                case 2 -> bytes.putLong(at, extreme);
                default -> bytes.putLong(at, at - random.nextInt(at + 1)); // A place further ahead, perhaps itself.
            }
            read(damaged);
        }
    }

    private void read(byte[] bytes) throws IOException {
        Path file = Files.write(folder.resolve("damaged.h5"), bytes);
        long begin = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        try (Imported imported = Imported.read(file)) {
            imported.model().weights().forEach(weight -> assertEquals(weight.shape(), weight.get().shape()));
        } catch (IOException refused) {
            assertEquals(1, refused.getMessage().lines().count(), refused.getMessage());
            assertTrue(refused.getMessage().startsWith(file.toString()), refused.getMessage());
        } catch (RuntimeException | Error other) {
            fail("neither read nor refused: " + List.of(other), other);
        }
        long nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begin;
        assertTrue(nanos < MOST_NANOS, "nanoseconds: " + nanos);
    }
}
