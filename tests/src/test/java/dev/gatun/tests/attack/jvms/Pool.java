package dev.gatun.tests.attack.jvms;

import dev.gatun.layers.model.Model;
import dev.gatun.layers.serve.Predictor;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.bits.Zoo;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A container's pool: 32 threads whose context class loader is null, or one that knows nothing of Gatun. Each loads, predicts
 * and saves. Prints how many tasks gave the right bits.
 */
public final class Pool {

    private static final int THREADS = 32;

    private Pool() {}

    /** {@code <folder it may write> <tasks>} */
    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        Path file = folder.resolve("pool.gatun");
        try (Model model = Zoo.STACK.model();
                URLClassLoader stranger = new URLClassLoader(new URL[0], ClassLoader.getPlatformClassLoader());
                var pool = Executors.newFixedThreadPool(THREADS, task -> {
                    Thread thread = new Thread(task);
                    thread.setContextClassLoader(thread.threadId() % 2 == 0 ? null : stranger);
                    return thread;
                })) {
            model.save(file);
            List<Tensor> inputs = Zoo.inputs(model, 3, 6);
            float[] expected = model.predict(inputs).getFirst().toArray();
            List<Future<Boolean>> tasks = new ArrayList<>();
            for (int task = 0; task < Integer.parseInt(args[1]); task++) {
                Path own = folder.resolve("pool" + task + ".gatun");
                Callable<Boolean> work = () -> {
                    try (Model loaded = Model.load(file); Predictor predictor = model.predictor()) {
                        loaded.save(own);
                        return Arrays.equals(expected, loaded.predict(inputs).getFirst().toArray())
                                && Arrays.equals(expected, predictor.predict(inputs).getFirst().toArray());
                    }
                };
                tasks.add(pool.submit(work));
            }
            int right = 0;
            for (Future<Boolean> task : tasks) {
                right += task.get() ? 1 : 0;
            }
            System.out.println(right);
        }
    }
}
