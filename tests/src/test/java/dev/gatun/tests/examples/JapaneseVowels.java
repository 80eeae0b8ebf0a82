package dev.gatun.tests.examples;

import dev.gatun.layers.Bidirectional;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Dropout;
import dev.gatun.layers.Input;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.Sequences;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.train.Adam;
import dev.gatun.layers.train.Loss;
import dev.gatun.layers.train.Metric;
import dev.gatun.layers.train.Samples;
import dev.gatun.layers.train.Trainer;
import dev.gatun.memory.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Who speaks? Nine men say two vowels; each recording is 7 to 29 steps of 12 numbers (Kudo, Toyama and Shimbo 1999, data set
 * JapaneseVowels of the UCR archive). A bidirectional LSTM over sequences as long as they are learns to tell the speakers.
 * How to run it: {@code docs/sequences.md}.
 */
public final class JapaneseVowels {

    private static final int FEATURES = 12;
    private static final int SPEAKERS = 9;
    private static final long SEED = 1;

    private JapaneseVowels() {}

    /**
     * Recordings and who speaks.
     *
     * @param recordings each [T,12]
     * @param speakers   [N], 0 to 8
     */
    record Recordings(Sequences recordings, Tensor speakers) {

        Samples samples() {
            return Samples.of(recordings, speakers);
        }
    }

    /** A file of the archive: a line for each recording, features apart by colons, steps by commas, the speaker last. */
    static Recordings read(Path file) throws IOException {
        List<Tensor> recordings = new ArrayList<>();
        List<Float> speakers = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            if (line.isBlank() || line.startsWith("#") || line.startsWith("@")) {
                continue;
            }
            String[] parts = line.split(":");
            int time = parts[0].split(",").length;
            float[][] steps = new float[time][FEATURES];
            for (int feature = 0; feature < FEATURES; feature++) {
                String[] numbers = parts[feature].split(",");
                for (int t = 0; t < time; t++) {
                    steps[t][feature] = Float.parseFloat(numbers[t]);
                }
            }
            recordings.add(Tensor.of(steps));
            speakers.add(Float.parseFloat(parts[FEATURES].strip()) - 1);
        }
        float[] numbers = new float[speakers.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = speakers.get(i);
        }
        return new Recordings(Sequences.of(recordings), Tensor.of(numbers, numbers.length));
    }

    /** Trains on one file and gives loss and accuracy on the other. */
    static Map<String, Double> run(Path folder, int threads) throws IOException {
        Recordings training = read(folder.resolve("JapaneseVowels_TRAIN.ts"));
        Recordings test = read(folder.resolve("JapaneseVowels_TEST.ts"));
        try (Model model = Sequential.of(
                Input.sequence(FEATURES),
                Bidirectional.of(Lstm.units(64)),
                Dropout.rate(0.3),
                Dense.units(SPEAKERS).activation("softmax"))) {
            model.threads(threads).initialize(SEED);
            Trainer trainer = Trainer.of(model)
                    .optimizer(Adam.rate(5e-3))
                    .loss(Loss.SPARSE_CATEGORICAL_CROSSENTROPY)
                    .metrics(Metric.ACCURACY)
                    .seed(SEED).epochs(40).batchSize(30);
            trainer.fit(training.samples());
            return trainer.evaluate(test.samples());
        }
    }

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments.length > 0 ? arguments[0] : "../shared/data/ucr");
        if (!Files.exists(folder.resolve("JapaneseVowels_TRAIN.ts"))) {
            System.err.println("There is no JapaneseVowels_TRAIN.ts in " + folder
                    + "; give the folder of the data set as the argument");
            System.exit(2);
        }
        long begin = System.nanoTime();
        Map<String, Double> test = run(folder, Math.min(2, Runtime.getRuntime().availableProcessors()));
        System.out.printf("Of 370 test recordings %.1f %% are told right, after %.1f s%n",
                100 * test.get("accuracy"), (System.nanoTime() - begin) / 1e9);
    }
}
