package dev.gatun.tests.attack.kills;

import dev.gatun.formats.tensors.Npy;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Initializer;
import dev.gatun.layers.Input;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.Weight;
import dev.gatun.layers.Lstm;
import dev.gatun.memory.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/** Saves a model and an array over and over, each time another, until it is killed. */
public final class Saver {

    private static final String SEED = "seed";
    private static final int ELEMENTS = 300_000;

    private Saver() {}

    /** {@code <folder>}; prints {@code saving} when both files are there for the first time. */
    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        try (Model model = model()) {
            for (long seed = 0;; seed++) {
                save(model, folder, seed);
                if (seed == 0) {
                    System.out.println("saving");
                }
            }
        }
    }

    /** About 1 MB, so that a kill often meets it half written. */
    static Model model() {
        return Sequential.of(Input.shape(8, 64), Lstm.units(224).recurrentInitializer(Initializer.ZEROS),
                Dense.units(3));
    }

    public static void save(Model model, Path folder, long seed) throws IOException {
        for (Weight weight : model.weights()) {
            weight.set(numbers(weight, seed));
        }
        model.metadata().put(SEED, String.valueOf(seed));
        model.save(modelFile(folder));
        float[] numbers = new float[ELEMENTS];
        Arrays.fill(numbers, seed);
        Npy.write(arrayFile(folder), Tensor.of(numbers, ELEMENTS));
    }

    /** Both files are there and whole: each all of one saving, and one saving apart at most. */
    public static void requireWhole(Path folder) throws IOException {
        long seed;
        try (Model loaded = Model.load(modelFile(folder))) {
            seed = Long.parseLong(loaded.metadata().get(SEED));
            for (Weight weight : loaded.weights()) {
                if (!Arrays.equals(numbers(weight, seed).toArray(), weight.get().toArray())) {
                    throw new AssertionError(weight.name() + " is not that of saving " + seed);
                }
            }
        }
        float[] numbers = Npy.read(arrayFile(folder)).toArray();
        float[] whole = new float[ELEMENTS];
        Arrays.fill(whole, numbers[0]);
        if (!Arrays.equals(whole, numbers) || Math.abs(numbers[0] - seed) > 1) {
            throw new AssertionError("The array is of saving " + numbers[0] + ", the model of " + seed);
        }
    }

    /** Cheap to make, so that nearly all of the time goes into saving, and a kill meets it there. */
    private static Tensor numbers(Weight weight, long seed) {
        float[] numbers = new float[(int) weight.shape().elements()];
        Arrays.fill(numbers, seed + weight.name().length() * 0.125f);
        return Tensor.of(numbers, weight.shape().toArray());
    }

    static Path modelFile(Path folder) {
        return folder.resolve("model.gatun");
    }

    static Path arrayFile(Path folder) {
        return folder.resolve("array.npy");
    }

    /** Saves both once more, as whoever comes next does. */
    public static void saveOnce(Path folder) throws IOException {
        try (Model model = model()) {
            save(model, folder, 1_000_000);
        }
    }
}
