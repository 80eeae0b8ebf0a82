package dev.gatun.tests.mended;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.layers.Activation;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Dropout;
import dev.gatun.layers.Layer;
import dev.gatun.layers.Node;
import dev.gatun.layers.Input;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.Weight;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.TimeDistributed;
import dev.gatun.layers.train.Adam;
import dev.gatun.layers.train.Optimizer;
import dev.gatun.layers.train.RmsProp;
import dev.gatun.layers.train.Sgd;
import dev.gatun.layers.train.TrainingState;
import dev.gatun.memory.ParameterBlock;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.InTemporaryFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.statistics.Statistics;

/** Number 1: whatever a model is made of, saving refuses with the old file untouched, or loading gives equal bits. */
class Mended01SavedLoadsPropertyTest extends InTemporaryFolder {

    private static final String[] PIECES = {"a", "b", "\0", "\uD800", "\uDC00", "\uD83D\uDE00", "/", " ", "\n", "\"",
        "__metadata__", "optimizer", "\u2028", "\u00e9", "\uFFFF", "0", ""};

    @Property(edgeCases = EdgeCasesMode.NONE)
    void savingRefusesOrLoadingGivesEqualBits(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        Path file = folder.resolve("model.gatun");
        byte[] old = {1, 2, 3};
        Files.write(file, old);
        Model model;
        try {
            model = model(random);
        } catch (IllegalArgumentException nameRefused) {
            Statistics.collect("not a model");
            return;
        }
        try (model) {
            try {
                model.save(file);
            } catch (IOException refused) {
                Statistics.collect("refused");
                assertEquals(1, refused.getMessage().lines().count());
                assertArrayEquals(old, Files.readAllBytes(file));
                return;
            }
            Statistics.collect("saved");
            try (Model loaded = Model.load(file)) {
                same(model, loaded);
                Path again = folder.resolve("again.gatun");
                loaded.save(again);
                assertEquals(-1, Files.mismatch(file, again));
            }
        }
    }

    private static Model model(Random random) {
        Input in = Input.shape(3, 2).named(name(random, 0.1));
        List<Node> values = new ArrayList<>(List.of(in));
        int layers = 1 + random.nextInt(6);
        for (int i = 0; i < layers; i++) {
            values.add(layer(random).on(values.get(random.nextInt(values.size()))));
        }
        Model model = Model.named(name(random, 1) + "m", List.of(in), values.subList(1, values.size()));
        model.initialize(random.nextLong());
        for (int i = random.nextInt(4); i > 0; i--) {
            model.metadata().put(name(random, 1), name(random, 1));
        }
        if (random.nextBoolean()) {
            train(model, random);
        }
        return model;
    }

    private static Layer layer(Random random) {
        Layer layer = switch (random.nextInt(5)) {
            case 0 -> Lstm.units(1 + random.nextInt(4)).returnSequences(true);
            case 1 -> TimeDistributed.of(Dense.units(1 + random.nextInt(4)));
            case 2 -> Activation.of("tanh");
            case 3 -> Dropout.rate(random.nextDouble());
            default -> Dense.units(1 + random.nextInt(20));
        };
        return layer.named(name(random, 0.2));
    }

    private static String name(Random random, double howOften) {
        if (random.nextDouble() >= howOften) {
            return null;
        }
        StringBuilder name = new StringBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
            // Few of those that cannot be written, so that most models can.
            name.append(random.nextInt(3) > 0 ? "n" + random.nextInt(100) : PIECES[random.nextInt(PIECES.length)]);
        }
        return name.toString();
    }

    private static void train(Model model, Random random) {
        Optimizer optimizer = List.of(Sgd.rate(0.1), Sgd.rate(1e-300).momentum(0.5), Adam.rate(3).amsgrad(),
                RmsProp.rate(1e-3)).get(random.nextInt(4));
        Map<String, Object> progress = new LinkedHashMap<>();
        progress.put(TrainingState.STEPS, random.nextLong() >>> 1);
        progress.put(TrainingState.EPOCHS, random.nextLong() >>> 1);
        progress.put(TrainingState.SEED, random.nextLong());
        progress.put(TrainingState.OPTIMIZER_NUMBERS, 2L);
        progress.put("more", List.of(Double.longBitsToDouble(random.nextLong()), Map.of(name(random, 1), true)));
        List<ParameterBlock> slots = new ArrayList<>();
        for (int i = 0; i < optimizer.slots(); i++) {
            ParameterBlock slot = model.network().parameters().twin(model.network().arena(), "moments");
            for (Weight weight : model.weights()) {
                float[] values = new float[(int) weight.shape().elements()];
                for (int j = 0; j < values.length; j++) {
                    values[j] = Float.intBitsToFloat(random.nextInt());
                }
                weight.set(slot, Tensor.of(values, weight.shape().toArray()));
            }
            slots.add(slot);
        }
        model.network().progress(new TrainingState(optimizer.toConfig(), progress, slots));
    }

    private static void same(Model saved, Model loaded) {
        assertEquals(saved.summaryText(), loaded.summaryText());
        assertEquals(saved.metadata(), loaded.metadata());
        assertEquals(saved.outputNames(), loaded.outputNames());
        assertEquals(saved.trainingState().map(TrainingState::progress),
                loaded.trainingState().map(TrainingState::progress));
        assertEquals(saved.trainingState().map(TrainingState::optimizer),
                loaded.trainingState().map(TrainingState::optimizer));
        for (int i = 0; i < saved.weights().size(); i++) {
            Weight weight = saved.weights().get(i);
            assertEquals(weight.name(), loaded.weights().get(i).name());
            assertTrue(bits(weight.get()).equals(bits(loaded.weights().get(i).get())), weight.name());
        }
        List<ParameterBlock> slots = saved.trainingState().map(TrainingState::slots).orElse(List.of());
        for (int slot = 0; slot < slots.size(); slot++) {
            ParameterBlock other = loaded.trainingState().orElseThrow().slots().get(slot);
            for (int i = 0; i < saved.weights().size(); i++) {
                assertEquals(bits(saved.weights().get(i).get(slots.get(slot))),
                        bits(loaded.weights().get(i).get(other)));
            }
        }
    }

    private static List<Integer> bits(Tensor tensor) {
        List<Integer> bits = new ArrayList<>();
        for (float value : tensor.toArray()) {
            bits.add(Float.floatToRawIntBits(value));
        }
        return bits;
    }
}
