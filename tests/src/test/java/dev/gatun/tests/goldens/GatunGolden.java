package dev.gatun.tests.goldens;

import dev.gatun.formats.PlainJson;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.train.Loss;
import dev.gatun.layers.train.Trainer;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A {@code .gatun} file of some version, and beside it, as JSON, what is made of it: all numbers are the bits of floats. The
 * file is as an earlier commit wrote it. The bits are those since tanh and sigmoid have been quotients by one division each,
 * which gives other last bits than the commit that wrote the file.
 *
 * @param file the model; its neighbour ends in {@code .json}
 */
record GatunGolden(Path file) {

    private static final int SAMPLES = 6;
    private static final int BATCH = 4;
    private static final int EPOCHS = 2;

    @Override
    public String toString() {
        return file.getParent().getFileName() + "/" + file.getFileName();
    }

    /** What was written beside the file. */
    Map<String, Object> kept() throws IOException {
        return PlainJson.object(toString(), Files.readString(beside()));
    }

    /** What this commit makes of the file, given what was given then. */
    Map<String, Object> now(Map<String, Object> kept) throws IOException {
        Map<String, Object> now = behaviour(
                tensors(kept.get("inputs")), kept.containsKey("targets") ? tensors(kept.get("targets")) : List.of());
        return PlainJson.object("now", PlainJson.text(now));
    }

    /** Trains a model if it is to have a training state, and saves it with what it does then; never over another. */
    void write(GatunGoldenModels.Plan plan) throws IOException {
        try (Model model = plan.model().get()) {
            List<Tensor> inputs = random(model.inputNames().stream().map(name -> Shape.of(SAMPLES, 4, 3)).toList(), 1);
            List<Tensor> targets = List.of();
            if (plan.optimizer() != null) {
                targets = random(model.predict(inputs).stream().map(Tensor::shape).toList(), 2);
                trainer(model).optimizer(plan.optimizer()).seed(9).epochs(EPOCHS).fit(inputs, targets);
            }
            Files.createDirectories(file.getParent());
            model.save(Files.createFile(file));
            Files.writeString(Files.createFile(beside()), lines(behaviour(inputs, targets)));
        }
    }

    /** Writes beside the file what this commit makes of it, given what was given then; the file stays as it is. */
    void renew() throws IOException {
        Files.writeString(beside(), lines(now(kept())));
    }

    /** One part on each line, so that a change can be seen. */
    private static String lines(Map<String, Object> behaviour) {
        return PlainJson.text(behaviour).replaceAll(",\"(\\w+(?:/\\w+)*)\":", ",\n\"$1\":") + "\n";
    }

    private Path beside() {
        return file.resolveSibling(file.getFileName().toString().replace(".gatun", ".json"));
    }

    /** @param targets empty for a model that was not trained */
    private Map<String, Object> behaviour(List<Tensor> inputs, List<Tensor> targets) throws IOException {
        Map<String, Object> map = new LinkedHashMap<>();
        try (Model model = Model.load(file)) {
            map.put("summary", model.summaryText());
            map.put("metadata", new LinkedHashMap<>(model.metadata()));
            map.put("inputs", inputs.stream().map(GatunGolden::plain).toList());
            map.put("outputs", model.predict(inputs).stream().map(GatunGolden::plain).toList());
            if (!targets.isEmpty()) {
                map.put("targets", targets.stream().map(GatunGolden::plain).toList());
                double[] losses = trainer(model).resume().epochs(2 * EPOCHS).fit(inputs, targets).of("loss");
                map.put("losses", java.util.Arrays.stream(losses).mapToObj(Double::doubleToLongBits).toList());
                Map<String, Object> weights = new LinkedHashMap<>();
                model.weights().forEach(weight -> weights.put(weight.name(), plain(weight.get())));
                map.put("weights", weights);
            }
        }
        return map;
    }

    private static Trainer trainer(Model model) {
        return Trainer.of(model).loss(Loss.MSE).batchSize(BATCH);
    }

    private static List<Tensor> random(List<Shape> shapes, long seed) {
        Random random = new Random(seed);
        List<Tensor> tensors = new ArrayList<>();
        for (Shape shape : shapes) {
            float[] values = new float[(int) shape.elements()];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.nextGaussian();
            }
            tensors.add(Tensor.of(values, shape.toArray()));
        }
        return tensors;
    }

    private static Map<String, Object> plain(Tensor tensor) {
        List<Long> bits = new ArrayList<>();
        for (float number : tensor.toArray()) {
            bits.add((long) Float.floatToRawIntBits(number));
        }
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("shape", java.util.Arrays.stream(tensor.shape().toArray()).boxed().toList());
        map.put("bits", bits);
        return map;
    }

    private static List<Tensor> tensors(Object plain) {
        return ((List<?>) plain).stream().map(each -> tensor((Map<?, ?>) each)).toList();
    }

    private static Tensor tensor(Map<?, ?> map) {
        long[] bits = longs(map.get("bits"));
        float[] values = new float[bits.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = Float.intBitsToFloat((int) bits[i]);
        }
        return Tensor.of(values, longs(map.get("shape")));
    }

    private static long[] longs(Object list) {
        return ((List<?>) list).stream().mapToLong(number -> (Long) number).toArray();
    }
}
