package dev.gatun.perf.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatun.layers.Activation;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Dropout;
import dev.gatun.layers.Input;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.TimeDistributed;
import dev.gatun.layers.train.Adagrad;
import dev.gatun.layers.train.Adam;
import dev.gatun.layers.train.AdamW;
import dev.gatun.layers.train.Loss;
import dev.gatun.layers.train.Optimizer;
import dev.gatun.layers.train.RmsProp;
import dev.gatun.layers.train.Sgd;
import dev.gatun.layers.train.Trainer;
import dev.gatun.memory.Tensor;
import dev.gatun.perf.workload.Workload;
import dev.gatun.perf.paired.Contender;
import dev.gatun.perf.paired.Material;
import dev.gatun.perf.paired.OurGemm;
import dev.gatun.perf.paired.Ours;
import dev.gatun.perf.paired.Task;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * One start of a full process: other layers, losses and optimizers run first, as in a program, because kernels that compile
 * in a bare benchmark may not do so where much is loaded. Then every kernel class is warmed up and timed.
 */
public final class CompilationChild {

    private static final List<Task> TASKS = List.of(
            Task.GEMM_512, Task.STEP, Task.SEQ, Task.SEED1, Task.SEED2, Task.TRAIN_SEED1, Task.TRAIN_MID);
    private static final int WINDOWS = 20;

    private CompilationChild() {}

    /** Nanoseconds of one run of each task. */
    record Times(Map<String, Double> nanos) {}

    /** Milliseconds of warm-up and of a window, the file to write. */
    public static void main(String[] words) throws Exception {
        int warmUp = Integer.parseInt(words[0]);
        int window = Integer.parseInt(words[1]);
        company();
        Map<String, Contender> contenders = contenders();
        contenders.values().forEach(contender -> run(contender, warmUp));
        Files.write(Path.of(words[2]), new ObjectMapper().writeValueAsBytes(new Times(steady(contenders, window))));
        System.exit(0);
    }

    /** The last one has nothing to compile well or badly: it shows how even the machine itself is. */
    private static Map<String, Contender> contenders() {
        Map<String, Contender> contenders = new LinkedHashMap<>();
        for (Task task : TASKS) {
            contenders.put(task.title(), Ours.open(task, 1, Material.of(task)));
        }
        float[] a = new float[128];
        float[] b = new float[128 * 512];
        Arrays.fill(a, 0.5f);
        Arrays.fill(b, 0.25f);
        contenders.put("GEMM 1x128x512", new OurGemm(new Task.Sizes(1, 128, 512), 1, a, b));
        contenders.put(CompilationCheck.MACHINE, new FmaTurns());
        return contenders;
    }

    /**
     * The best of many windows, in turns: what else runs on the machine makes some of them slower, for a second or two, and so
     * one task after the other; a cliff makes all of one task.
     */
    private static Map<String, Double> steady(Map<String, Contender> contenders, int window) {
        Map<String, Double> best = new LinkedHashMap<>();
        for (int round = 0; round < WINDOWS; round++) {
            contenders.forEach((task, contender) -> best.merge(task, run(contender, window), Math::min));
        }
        return best;
    }

    private static double run(Contender contender, int millis) {
        long begin = System.nanoTime();
        long now = begin;
        int runs = 0;
        for (; runs == 0 || now - begin < millis * 1_000_000L; now = System.nanoTime()) {
            contender.run();
            runs++;
        }
        return (double) (now - begin) / runs;
    }

    private static void company() {
        Random random = new Random(5);
        List<Optimizer> optimizers = List.of(
                Sgd.rate(0.01).momentum(0.9), Adam.rate(1e-3), Adam.rate(1e-3).amsgrad(), AdamW.rate(1e-3),
                RmsProp.rate(1e-3), Adagrad.rate(1e-2), Adam.rate(1e-3).globalClipNorm(1));
        List<Loss> losses = List.of(
                Loss.MSE, Loss.MAE, Loss.HUBER, Loss.BINARY_CROSSENTROPY, Loss.CATEGORICAL_CROSSENTROPY, Loss.MSE,
                Loss.MSE);
        List<String> functions = List.of("relu", "tanh", "sigmoid", "gelu", "selu", "softplus", "elu");
        for (int i = 0; i < optimizers.size(); i++) {
            int units = 9 + 13 * i;
            String function = functions.get(i);
            try (Model model = Sequential.of(
                    Input.shape(12, 5), Lstm.units(units).returnSequences(),
                    TimeDistributed.of(Dense.units(21).activation(function)), Dropout.rate(0.1),
                    i % 2 == 0 ? Lstm.units(19) : Lstm.units(19).recurrentActivation("hard_sigmoid"),
                    Dense.units(3), Activation.of("softmax"))) {
                Tensor x = random(random, 96, 12, 5);
                Trainer.of(model).optimizer(optimizers.get(i)).loss(losses.get(i)).epochs(6).batchSize(17)
                        .fit(x, targets(random, 96));
                model.predict(x);
            }
        }
        try (Model model = Workload.SEED2.stack().model()) {
            for (int batch = 1; batch < 40; batch++) {
                model.predict(random(random, batch, 20, 10));
            }
        }
    }

    private static Tensor random(Random random, int... dims) {
        int count = 1;
        long[] shape = new long[dims.length];
        for (int i = 0; i < dims.length; i++) {
            count *= dims[i];
            shape[i] = dims[i];
        }
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.nextFloat() - 0.5f;
        }
        return Tensor.of(values, shape);
    }

    /** One of three classes. */
    private static Tensor targets(Random random, int samples) {
        float[] values = new float[3 * samples];
        for (int i = 0; i < samples; i++) {
            values[3 * i + random.nextInt(3)] = 1;
        }
        return Tensor.of(values, samples, 3);
    }
}
