package dev.gatun.tests.formats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.layers.Dense;
import dev.gatun.layers.Initializer;
import dev.gatun.layers.Input;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.Fork;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model is read from its file to its place: no weight lies in memory twice, on the heap or off it. */
final class LargeModelTest {

    private static final int UNITS = 1000;
    /** Its recurrent kernel has 16 MB. */
    private static final long WEIGHTS = 4L * (4 * UNITS * (UNITS + 3) + UNITS);
    /** For what else is read, and less than that kernel once more. */
    private static final long ROOM = 8 << 20;

    @TempDir
    Path folder;

    /** Loads the file, and says the most that the JVM has taken from the system by then, and what the model predicts. */
    public static final class Loading {

        /** Memory of arenas and buffers is {@code Other} in HotSpot's account. */
        private static final Pattern PEAK = Pattern
                .compile("Other \\(.*\\)\\s+\\(malloc=.*\\) \\((?:peak=(\\d+)KB|at peak)");
        private static final Pattern NOW = Pattern.compile("Other \\(reserved=(\\d+)KB");

        public static void main(String[] words) throws Exception {
            try (Model model = Model.load(Path.of(System.getProperty("file")))) {
                System.out.println(peak() * 1024);
                System.out.println(said(model));
            }
        }

        private static long peak() throws JMException {
            String account = (String) ManagementFactory.getPlatformMBeanServer().invoke(
                    new ObjectName("com.sun.management:type=DiagnosticCommand"), "vmNativeMemory",
                    new Object[] {new String[] {"summary", "scale=KB"}}, new String[] {String[].class.getName()});
            Matcher peak = PEAK.matcher(account);
            Matcher now = NOW.matcher(account);
            if (!peak.find() || !now.find()) {
                throw new IllegalStateException(account);
            }
            return Long.parseLong(peak.group(1) == null ? now.group(1) : peak.group(1));
        }
    }

    private static String said(Model model) {
        float[] made = model.predict(Tensor.of(new float[] {0.5f, -1f, 2f, 0.25f}, 1, 2, 2)).toArray();
        int[] bits = new int[made.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Float.floatToRawIntBits(made[i]);
        }
        return Arrays.hashCode(bits) + " of " + bits.length;
    }

    @Test
    void noWeightLiesInMemoryTwice() throws IOException, InterruptedException {
        Path file = folder.resolve("large.gatun");
        String expected;
        try (Model model = Sequential.of(Input.shape(2, 2),
                Lstm.units(UNITS).recurrentInitializer(Initializer.GLOROT_UNIFORM), Dense.units(1))) {
            model.save(file);
            expected = said(model);
        }
        List<String> lines = Fork.run(Loading.class, "-Xmx16m", "-XX:NativeMemoryTracking=summary", "-Dfile=" + file)
                .lines();
        assertEquals(expected, lines.getLast());
        long peak = Long.parseLong(lines.getFirst());
        assertTrue(peak >= WEIGHTS, () -> peak + " bytes, of which the weights have " + WEIGHTS);
        assertTrue(peak < WEIGHTS + ROOM, () -> peak + " bytes, of which the weights have " + WEIGHTS);
    }
}
