package dev.gatun.tests.parity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatun.formats.keras.KerasConfig;
import dev.gatun.layers.Weight;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.train.Loss;
import dev.gatun.layers.train.Optimizer;
import dev.gatun.layers.train.Samples;
import dev.gatun.layers.train.Trainer;
import dev.gatun.layers.train.TrainingLoop;
import dev.gatun.layers.type.BuiltInTypes;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.Shared;
import dev.gatun.tests.fixture.Fixture;
import dev.gatun.tests.fixture.FixtureTensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** {@code shared/oracles/train3}: 20 steps of training by Keras 3.15, step s on batch s % 4; losses, and weights after 1, 5 and 20. */
final class TrainingOracles {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int STEPS = 20;
    private static final double LIMIT = 1e-4;
    /** What of an optimizer's configuration changes nothing where it is so. */
    private static final Set<String> NAMES = Set.of("name", "ema_momentum");
    private static final String ACCUMULATION = "gradient_accumulation_steps";

    private TrainingOracles() {}

    static List<Case> all(Worst worst) {
        List<Case> cases = new ArrayList<>();
        Shared.find("oracles/train3").ifPresent(folder -> {
            for (Path file : KerasFiles.files(folder, ".json")) {
                Fixture fixture = Fixture.load(file);
                if (fixture.kind().equals("train")) {
                    String whyNot = whyNot(fixture);
                    cases.add(whyNot == null
                            ? Case.of(fixture.name(), () -> check(fixture, worst))
                            : Case.missing(fixture.name(), whyNot));
                }
            }
        });
        return cases;
    }

    private static String whyNot(Fixture fixture) {
        Set<String> missing = new TreeSet<>();
        fixture.json().at("/model_config/config/layers")
                .forEach(layer -> missing.add(layer.get("class_name").asText()));
        missing.removeAll(BuiltInTypes.ALL.kinds());
        if (!missing.isEmpty()) {
            return "layers " + missing;
        }
        if (fixture.json().has("exclude_from_weight_decay")) {
            return "what decays not, by name";
        }
        try {
            optimizer(fixture);
            Loss.of(fixture.json().get("loss").asText());
            return null;
        } catch (IllegalArgumentException refused) {
            return refused.getMessage();
        }
    }

    private static Optimizer optimizer(Fixture fixture) {
        Map<String, Object> config = new LinkedHashMap<>();
        JsonNode options = fixture.json().get("optimizer_config");
        options.properties().forEach(option -> {
            Object value = JSON.convertValue(option.getValue(), Object.class);
            boolean isNeutral = value == null || Boolean.FALSE.equals(value) || NAMES.contains(option.getKey());
            if (!isNeutral && !option.getKey().equals(ACCUMULATION)) {
                config.put(option.getKey(), value);
            }
        });
        return Optimizer.fromConfig(Map.of("class_name", fixture.json().get("optimizer").asText(), "config", config));
    }

    private static void check(Fixture fixture, Worst worst) {
        try (Model model = KerasConfig.model(fixture.json().get("model_config").toString(), 3)) {
            for (Weight weight : model.weights()) {
                weight.set(Parity.tensor(fixture.tensor("w0/" + weight.name())));
            }
            int together = Math.max(1, fixture.json().at("/optimizer_config/" + ACCUMULATION).asInt());
            double[] losses = new double[STEPS];
            Trainer trainer = Trainer.of(model).loss(Loss.of(fixture.json().get("loss").asText()))
                    .optimizer(optimizer(fixture));
            try (TrainingLoop loop = trainer.open()) {
                for (int step = 0; step < STEPS; step++) {
                    losses[step] = loop.accumulate(samples(fixture, step % 4));
                    if ((step + 1) % together == 0) {
                        loop.update();
                    }
                    if (step == 0 || step == 4 || step == STEPS - 1) {
                        checkWeights(model, fixture, "step" + (step + 1) + "/", worst);
                    }
                }
                loop.keep();
            }
            worst.within("losses of training oracles", LIMIT, fixture.name(), losses, fixture.values("losses"));
        }
    }

    private static void checkWeights(Model model, Fixture fixture, String prefix, Worst worst) {
        for (Weight weight : model.weights()) {
            worst.within("weights of training oracles", LIMIT, fixture.name() + " " + prefix + weight.name(),
                    weight.get().toArray(), fixture.values(prefix + weight.name()));
        }
    }

    private static Samples samples(Fixture fixture, int batch) {
        boolean takesIds = fixture.json().get("model_config").toString().contains("\"Embedding\"");
        Samples samples = Samples.of(tensor(fixture.tensor("x").at(batch), takesIds),
                tensor(fixture.tensor("y").at(batch), false));
        return fixture.has("sample_weight")
                ? samples.weighted(tensor(fixture.tensor("sample_weight").at(batch), false))
                : samples;
    }

    private static Tensor tensor(FixtureTensor given, boolean isOfIds) {
        long[] dims = Arrays.stream(given.shape()).asLongStream().toArray();
        return isOfIds ? Tensor.ofInts(given.ints(), dims) : Tensor.of(given.floats(), dims);
    }
}
