package dev.gatun.tests.mended;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.engine.cpu.KernelChoice;
import dev.gatun.layers.Activation;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Input;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.serve.ModelStream;
import dev.gatun.layers.train.Adam;
import dev.gatun.layers.train.Loss;
import dev.gatun.layers.train.RmsProp;
import dev.gatun.layers.train.Trainer;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** What a user does first, in a JVM of its own: the kernels in use, then a hash of each result. */
public final class SlowJvm {

    private SlowJvm() {}

    /** Prints {@link #lines} after the kernels in use. */
    public static void main(String[] arguments) {
        System.out.println(KernelChoice.describe());
        lines().forEach(System.out::println);
    }

    static List<String> lines() {
        List<String> lines = new ArrayList<>();
        Tensor x = Tensor.of(numbers(20 * 6 * 3), 20, 6, 3);
        Tensor y = Tensor.of(numbers(20), 20, 1);
        try (Model model = Sequential.of(
                Input.shape(Shape.UNKNOWN, 3), Lstm.units(17).returnSequences(), Lstm.units(16), Dense.units(1),
                Activation.of("softsign"))) {
            lines.add("weights " + hash(model));
            lines.add("predict " + Arrays.hashCode(model.predict(x).toArray()));
            lines.add("step " + stepped(model));
            Trainer.of(model).optimizer(Adam.rate(0.01)).loss(Loss.MSE).epochs(2).batchSize(7).fit(x, y);
            Trainer.of(model).optimizer(RmsProp.rate(0.01).centered().globalClipNorm(0.1)).loss(Loss.MAE).epochs(1)
                    .batchSize(20).fit(x, y);
            lines.add("fit " + hash(model));
        }
        return lines;
    }

    private static int stepped(Model model) {
        try (ModelStream stream = model.stream(); Arena arena = Arena.ofConfined()) {
            MemorySegment in = arena.allocate(JAVA_FLOAT, 3);
            MemorySegment out = arena.allocate(JAVA_FLOAT, 1);
            for (int i = 0; i < 5; i++) {
                in.setAtIndex(JAVA_FLOAT, i % 3, i);
                stream.step(in, out);
            }
            return Float.floatToIntBits(out.get(JAVA_FLOAT, 0));
        }
    }

    private static int hash(Model model) {
        return model.weights().stream().mapToInt(weight -> Arrays.hashCode(weight.get().toArray())).reduce(1,
                (all, one) -> 31 * all + one);
    }

    private static float[] numbers(int count) {
        Random random = new Random(count);
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) random.nextGaussian();
        }
        return numbers;
    }
}
