package dev.gatun.tests.attack.endurance;

import com.sun.management.ThreadMXBean;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Input;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.serve.ModelStream;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.gradients.EnginePass;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/**
 * Steps a stream for long, with resets in between, and compares each step's bits with those of one call over the sequence.
 * Prints steps, resets, steps with other bits, bytes of heap that the last tenth allocated, and the growth of resident KiB.
 */
public final class Steps {

    private static final int LONGEST = 200;
    private static final int FEATURES = 7;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Steps() {}

    /** {@code <steps>} */
    public static void main(String[] args) throws Exception {
        int steps = Integer.parseInt(args[0]);
        try (Model model = Sequential.of(Input.sequence(FEATURES), Lstm.units(20).returnSequences(),
                Lstm.units(33).returnSequences(), Dense.units(1));
                ModelStream stream = model.stream();
                Arena arena = Arena.ofConfined()) {
            model.initialize(3);
            float[] sequence = EnginePass.uniform(LONGEST * FEATURES, 1, 5);
            float[] expected = model.predict(Tensor.of(sequence, 1, LONGEST, FEATURES)).toArray();
            MemorySegment x = arena.allocate(ValueLayout.JAVA_FLOAT, sequence.length);
            MemorySegment.copy(sequence, 0, x, ValueLayout.JAVA_FLOAT, 0, sequence.length);
            MemorySegment[] inputs = new MemorySegment[LONGEST];
            for (int t = 0; t < LONGEST; t++) {
                inputs[t] = x.asSlice((long) t * FEATURES * Float.BYTES, FEATURES * Float.BYTES);
            }
            MemorySegment result = arena.allocate(ValueLayout.JAVA_FLOAT);
            Random random = new Random(1);
            long resets = 0;
            long wrong = 0;
            long allocated = 0;
            long settled = 0;
            int t = 0;
            int until = LONGEST;
            for (int step = 0; step < steps; step++) {
                if (step == steps / 10 * 9) {
                    settled = residentKib();
                    allocated = THREADS.getCurrentThreadAllocatedBytes();
                }
                stream.step(inputs[t], result);
                wrong += result.get(ValueLayout.JAVA_FLOAT, 0) == expected[t] ? 0 : 1;
                if (++t == until) {
                    stream.reset();
                    t = 0;
                    until = 1 + random.nextInt(LONGEST);
                    resets++;
                }
            }
            allocated = THREADS.getCurrentThreadAllocatedBytes() - allocated;
            System.out.println(steps + " " + resets + " " + wrong + " " + allocated + " " + (residentKib() - settled));
        }
    }

    private static long residentKib() throws java.io.IOException {
        Path status = Path.of("/proc/self/status");
        return !Files.exists(status)
                ? 0
                : Files.readAllLines(status).stream().filter(line -> line.startsWith("VmRSS:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", ""))).findFirst().orElse(0);
    }
}
