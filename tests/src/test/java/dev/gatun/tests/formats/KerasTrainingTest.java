package dev.gatun.tests.formats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.ImportReport;
import dev.gatun.formats.Imported;
import dev.gatun.formats.keras.KerasFormat;
import dev.gatun.formats.keras.KerasWeightsFile;
import dev.gatun.formats.keras.training.SavedOptimizer;
import dev.gatun.formats.tensors.Safetensors;
import dev.gatun.formats.tensors.SafetensorsFile;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Input;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.Weight;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.train.Adam;
import dev.gatun.layers.train.AdamW;
import dev.gatun.layers.train.Loss;
import dev.gatun.layers.train.Metric;
import dev.gatun.layers.train.Optimizer;
import dev.gatun.layers.train.RmsProp;
import dev.gatun.layers.train.Sgd;
import dev.gatun.layers.train.Trainer;
import dev.gatun.layers.train.TrainingState;
import dev.gatun.memory.ParameterBlock;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.Shared;
import dev.gatun.tests.own.Signum;
import io.jhdf.HdfFile;
import io.jhdf.api.Group;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trainings that Keras began go on here, and the other way round; {@code tests/python/trained_keras.py} wrote the files. */
class KerasTrainingTest {

    /** Of weights around 1, after two steps. */
    private static final float NEAR = 1e-5f;
    private static final int DONE = 3;

    @TempDir
    private Path folder;

    private static Path file(String name) {
        try {
            return Path.of(Objects.requireNonNull(
                    KerasTrainingTest.class.getResource("/keras/training/" + name), name).toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** What Keras trained on, and came to. */
    private record Expected(SafetensorsFile tensors) implements AutoCloseable {

        static Expected of(String name) throws IOException {
            return new Expected(
                    Safetensors.read(KerasTrainingTest.file(name.substring(0, name.indexOf('.')) + ".safetensors")));
        }

        Tensor get(String name) throws FormatException {
            Tensor tensor = Tensor.zeros(tensors.tensors().stream().filter(each -> each.name().equals(name)).findFirst()
                    .orElseThrow().shape().toArray());
            tensors.copyTo(name, tensor);
            return tensor;
        }

        /** One of the two batches. */
        Tensor batch(String name, int index) throws FormatException {
            Tensor all = get(name);
            long[] sizes = all.shape().toArray();
            float[] numbers = all.toArray();
            int each = numbers.length / (int) sizes[0];
            return Tensor.of(Arrays.copyOfRange(numbers, index * each, (index + 1) * each),
                    Arrays.copyOfRange(sizes, 1, sizes.length));
        }

        @Override
        public void close() {
            tensors.close();
        }
    }

    private static void assertGoesOn(Model model, String name) throws IOException {
        assertEquals(DONE, model.trainingState().orElseThrow().steps(), name);
        try (Expected expected = Expected.of(name)) {
            for (int step = 0; step < 2; step++) {
                Trainer.of(model).loss(Loss.MSE).resume()
                        .trainOnBatch(expected.batch("x", step), expected.batch("y", step));
                for (int i = 0; i < model.weights().size(); i++) {
                    Weight weight = model.weights().get(i);
                    assertArrayEquals(expected.get("step" + (DONE + 1 + step) + "/" + i).toArray(),
                            weight.get().toArray(), NEAR, name + " " + weight.name() + " after step " + step);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"adam.keras", "rmsprop.keras", "sgd.keras", "amsgrad.h5", "adagrad.h5"})
    void aTrainingOfKerasGoesOn(String name) throws IOException {
        try (Imported read = Imported.withTraining(file(name))) {
            TrainingState state = read.model().trainingState().orElseThrow();
            assertEquals(Map.of("out", Loss.MSE), state.objective().orElseThrow().losses());
            assertEquals(List.of(Metric.MAE), state.objective().orElseThrow().metrics());
            assertGoesOn(read.model(), name);
            assertTrue(read.report().toString().contains("has made 3 step(s)"), read.report().toString());
        }
    }

    @Test
    void aTrainingOfWeightsAloneGoesOnWithAnOptimizerThatIsGiven() throws IOException {
        try (Imported other = Imported.read(file("adam.keras"))) {
            Model model = other.model();
            model.initialize(8);
            ImportReport report = KerasWeightsFile.load(model, file("adamw.weights.h5"),
                    AdamW.rate(0.5).weightDecay(0.02).globalClipNorm(0.5));
            assertEquals(1, report.notes().size(), report.toString());
            assertGoesOn(model, "adamw.weights.h5");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"adam.keras", "amsgrad.h5"})
    void withoutBeingAskedForNothingIsRead(String name) throws IOException {
        try (Imported read = Imported.read(file(name)); Model loaded = Model.load(file(name))) {
            assertTrue(read.model().trainingState().isEmpty());
            assertTrue(loaded.trainingState().isEmpty());
            assertTrue(read.report().notes().toString().contains("Imported.withTraining"), read.report().toString());
        }
    }

    /** The variables of an optimizer, in the order of their numbers. */
    private static String[] variables(byte[] hdf5) {
        try (HdfFile hdf = HdfFile.fromBytes(hdf5)) {
            Group group = (Group) hdf.getByPath("/optimizer/vars");
            String[] all = new String[group.getChildren().size()];
            for (int i = 0; i < all.length; i++) {
                var dataset = hdf.getDatasetByPath("/optimizer/vars/" + i);
                all[i] = Arrays.toString(dataset.getDimensions()) + " " + dataset.getJavaType() + " "
                        + (dataset.getData() instanceof Number one
                                ? one
                                : Arrays.toString((float[]) dataset.getDataFlat()));
            }
            return all;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"adam.keras", "rmsprop.keras", "sgd.keras"})
    void whatIsWrittenIsWhatKerasWrote(String name) throws IOException {
        Path written = folder.resolve("again.keras");
        Path weights = folder.resolve("again.weights.h5");
        try (Imported read = Imported.withTraining(file(name))) {
            read.model().save(written);
            KerasWeightsFile.save(read.model(), weights);
        }
        assertArrayEquals(variables(KerasTree.weights(file(name))), variables(KerasTree.weights(written)));
        assertArrayEquals(variables(KerasTree.weights(file(name))), variables(Files.readAllBytes(weights)));
    }

    private static Model small() {
        return Sequential.of(Input.shape(3, 2), Lstm.units(3), Dense.units(2));
    }

    private static final Tensor X = Tensor.of(new float[] {1, -1, 0.5f, 2, 0.25f, -0.5f}, 1, 3, 2);
    private static final Tensor Y = Tensor.of(new float[] {1, -2}, 1, 2);

    private static void assertSameState(Model wanted, Model got) {
        List<ParameterBlock> ours = wanted.trainingState().orElseThrow().slots();
        List<ParameterBlock> theirs = got.trainingState().orElseThrow().slots();
        assertEquals(ours.size(), theirs.size());
        for (Weight weight : wanted.weights()) {
            Weight same = got.weight(weight.name());
            assertArrayEquals(weight.get().toArray(), same.get().toArray(), weight.name());
            for (int slot = 0; slot < ours.size(); slot++) {
                assertArrayEquals(weight.get(ours.get(slot)).toArray(), same.get(theirs.get(slot)).toArray());
            }
        }
    }

    @Test
    void aTrainingGoesThroughKerassFilesWithoutLosingABit() throws IOException {
        List<Optimizer> all = List.of(Adam.rate(0.01).clipNorm(0.5), AdamW.rate(0.01).amsgrad(), Sgd.rate(0.1),
                Sgd.rate(0.1).momentum(0.5), RmsProp.rate(0.01).momentum(0.5), RmsProp.rate(0.01).centered(),
                Optimizer.of("adagrad"));
        for (Optimizer optimizer : all) {
            Path keras = folder.resolve("one.keras");
            Path weights = folder.resolve("one.weights.h5");
            try (Model model = small(); Model other = small()) {
                Trainer trainer = Trainer.of(model).optimizer(optimizer).loss(Loss.huber(0.5)).metrics(Metric.RMSE);
                trainer.trainOnBatch(X, Y);
                trainer.trainOnBatch(X, Y);
                model.save(keras);
                assertEquals(List.of(), new KerasFormat().leavesOut(model));
                KerasWeightsFile.save(model, weights);
                KerasWeightsFile.load(other, weights, optimizer);
                try (Imported read = Imported.withTraining(keras)) {
                    assertSameState(model, read.model());
                    assertSameState(model, other);
                    trainer.resume().trainOnBatch(X, Y);
                    Map<String, Double> report = Trainer.of(read.model()).resume().trainOnBatch(X, Y);
                    Trainer.of(other).loss(Loss.huber(0.5)).resume().trainOnBatch(X, Y);
                    assertTrue(report.containsKey("rmse"), "loss and metrics come with the state: " + report);
                    assertSameState(model, read.model());
                    assertSameState(model, other);
                }
            }
        }
    }

    @Test
    void lossAndMetricsAreKeptInFilesOfGatuns() throws IOException {
        Path file = folder.resolve("one.gatun");
        try (Model model = small()) {
            Trainer.of(model).loss(Loss.huber(0.5)).metrics(Metric.MAE).trainOnBatch(X, Y);
            model.save(file);
            try (Model read = Model.load(file)) {
                assertEquals(Loss.huber(0.5),
                        read.trainingState().orElseThrow().objective().orElseThrow().losses().get("dense"));
                assertTrue(Trainer.of(read).resume().trainOnBatch(X, Y).containsKey("mae"));
            }
        }
    }

    @Test
    void whatKerasDoesNotHaveIsLeftOutAndSaid() throws IOException {
        Path keras = folder.resolve("one.keras");
        for (Optimizer optimizer : List.of(Signum.rate(0.1), Adam.rate(0.1).correctedEpsilon(),
                RmsProp.rate(0.1).epsilonOutside())) {
            try (Model model = small()) {
                Trainer.of(model).optimizer(optimizer).loss(Loss.MSE).trainOnBatch(X, Y);
                String left = new KerasFormat().leavesOut(model).toString();
                assertTrue(left.contains("the state of its training") && left.contains("Keras"), left);
                model.save(keras);
                try (Imported read = Imported.withTraining(keras)) {
                    assertTrue(read.model().trainingState().isEmpty());
                    assertEquals(List.of(), read.report().notes());
                }
                assertThrows(IllegalArgumentException.class,
                        () -> KerasWeightsFile.load(model, file("adamw.weights.h5"), optimizer));
            }
        }
    }

    @Test
    void aStateOfAnotherOptimizerIsLeftOut() throws IOException {
        for (Optimizer other : List.of(Sgd.rate(0.1), Adam.rate(0.1).amsgrad(), RmsProp.rate(0.1))) {
            try (Imported of = Imported.withTraining(file("adam.keras"))) {
                assertTrue(of.model().trainingState().isPresent());
                ImportReport report = KerasWeightsFile.load(of.model(), file("adamw.weights.h5"), other);
                assertTrue(report.notes().toString().contains("left out"), report.toString());
                assertTrue(of.model().trainingState().isEmpty(), "nothing half done, and nothing of other weights");
            }
        }
    }

    /** The file of Adam's with another configuration. */
    private Path changed(UnaryOperator<String> change) throws IOException {
        Path changed = folder.resolve("changed.keras");
        try (ZipFile from = new ZipFile(file("adam.keras").toFile());
                ZipOutputStream to = new ZipOutputStream(Files.newOutputStream(changed))) {
            for (ZipEntry entry : (Iterable<ZipEntry>) from.stream().map(ZipEntry.class::cast)::iterator) {
                byte[] bytes = from.getInputStream(entry).readAllBytes();
                if (entry.getName().equals("config.json")) {
                    String before = new String(bytes, StandardCharsets.UTF_8);
                    String after = change.apply(before);
                    assertFalse(before.equals(after), "nothing was changed");
                    bytes = after.getBytes(StandardCharsets.UTF_8);
                }
                to.putNextEntry(new ZipEntry(entry.getName()));
                to.write(bytes);
            }
        }
        return changed;
    }

    private void assertLeftOut(UnaryOperator<String> change, String why) throws IOException {
        try (Imported read = Imported.withTraining(changed(change))) {
            assertTrue(read.model().trainingState().isEmpty(), why);
            String notes = read.report().notes().toString();
            assertTrue(notes.contains("left out") && notes.contains(why), notes);
        }
    }

    @Test
    void whatDoesNotFitIsLeftOutWithOneSentence() throws IOException {
        assertLeftOut(text -> text.replace("\"Adam\"", "\"Lion\""), "'Lion'");
        assertLeftOut(text -> text.replace("\"Adam\"", "\"LossScaleOptimizer\""), "'LossScaleOptimizer'");
        assertLeftOut(text -> text.replace("\"Adam\"", "\"SGD\"").replace("\"amsgrad\"", "\"nesterov\""), "beta_1");
        assertLeftOut(text -> text.replace("\"amsgrad\": false", "\"amsgrad\": true"), "34 arrays, but Adam keeps 51");
        assertLeftOut(
                text -> text.replace("\"gradient_accumulation_steps\": null", "\"gradient_accumulation_steps\": 4"),
                "gradient_accumulation_steps");
        assertLeftOut(text -> text.replace("\"loss_scale_factor\": null", "\"loss_scale_factor\": 8.0"),
                "loss_scale_factor");
        assertLeftOut(text -> text.replace("\"trainable\": false", "\"trainable\": true"), "of the model");
        assertLeftOut(text -> text.replace("\"compile_config\"", "\"no_config\""), "nothing says which optimizer");
    }

    @Test
    void whatIsNotAsItWasIsSaid() throws IOException {
        try (Imported read = Imported
                .withTraining(changed(text -> text.replace("\"loss\": \"mse\"", "\"loss\": \"hinge\"")
                        .replace("\"mae\"", "\"auc\"")))) {
            assertEquals(DONE, read.model().trainingState().orElseThrow().steps());
            assertTrue(read.report().notes().toString().contains("its loss 'hinge' is not read"),
                    read.report().toString());
            assertThrows(IllegalStateException.class, () -> Trainer.of(read.model()).resume().trainOnBatch(X, Y));
        }
        String schedule = "{\"class_name\": \"ExponentialDecay\", \"config\": {\"initial_learning_rate\": 0.25}}";
        String rate = "\"learning_rate\": 0.009999999776482582";
        try (Imported read = Imported
                .withTraining(changed(text -> text.replace(rate, "\"learning_rate\": " + schedule)))) {
            assertTrue(read.report().notes().toString().contains("a schedule 'ExponentialDecay'"),
                    read.report().toString());
        }
        assertLeftOut(text -> text.replace(rate, "\"learning_rate\": " + schedule.replace("initial_", "")),
                "follows a schedule");
    }

    @Test
    void olderOptimizersAreReadAsWhatTheyDid() {
        Map<String, Object> old = Map.of("lr", 0.5, "decay", 0.0, "clipnorm", 2.0);
        SavedOptimizer sgd = SavedOptimizer.of(Map.of("class_name", "SGD", "config", old), "2.2.4");
        assertEquals(Sgd.rate(0.5).globalClipNorm(2), sgd.optimizer());
        assertFalse(sgd.isInterleaved());
        assertEquals(Sgd.rate(0.5).clipNorm(2),
                SavedOptimizer.of(Map.of("class_name", "SGD", "config", old), "2.2.4-tf").optimizer());
        Map<String, Object> rms = Map.of("learning_rate", 0.25, "rho", 0.5, "epsilon", 1e-8);
        assertEquals(RmsProp.rate(0.25).rho(0.5).epsilon(1e-8).epsilonOutside(),
                SavedOptimizer.of(Map.of("class_name", "RMSprop", "config", rms), "2.4.0").optimizer());
        Map<String, Object> decayed = Map.of("learning_rate", 0.25, "weight_decay", 0.125, "jit_compile", true,
                "is_legacy_optimizer", false);
        SavedOptimizer adam = SavedOptimizer.of(Map.of("class_name", "Custom>Adam", "config", decayed), "2.13.1");
        assertEquals(AdamW.rate(0.25).weightDecay(0.125), adam.optimizer());
        assertTrue(adam.isInterleaved());
        assertThrows(IllegalArgumentException.class, () -> SavedOptimizer
                .of(Map.of("class_name", "SGD", "config", Map.of("lr", 0.5, "decay", 0.01)), "2.2.4"));
        assertThrows(IllegalArgumentException.class,
                () -> SavedOptimizer.of(Map.of("class_name", "Adagrad", "config", Map.of("lr", 0.5)), "2.2.4"));
    }

    /** Means of squares are not negative, means of gradients are some of them: so neither stands in the other's place. */
    @Test
    void statesOfOlderFilesAreTakenApart() throws IOException {
        assumeTrue(Shared.root().isPresent(), Shared.ABSENT);
        Map<String, Long> files = Map.of("CircuitRNN__models_lstm_model.h5", 4460L, "blaze__lstm_model.h5", 5712L,
                "Codon-optimization__rnn_model.h5", 15000L, "Ecowatt__lstm_model.h5", 2125L,
                "CDT406-EMG-2__Saved_models_120ms_model.keras", 38750L);
        for (Map.Entry<String, Long> each : files.entrySet()) {
            try (Imported read = Imported.withTraining(Shared.find("wild/" + each.getKey()).orElseThrow())) {
                TrainingState state = read.model().trainingState().orElseThrow();
                assertEquals(each.getValue(), state.steps(), each.getKey());
                boolean isAnyNegative = false;
                for (Weight weight : read.model().weights()) {
                    for (float mean : weight.get(state.slots().get(0)).toArray()) {
                        isAnyNegative |= mean < 0;
                    }
                    for (float square : weight.get(state.slots().get(1)).toArray()) {
                        assertTrue(square >= 0, each.getKey() + " " + weight.name());
                    }
                }
                assertTrue(isAnyNegative, each.getKey());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"adam.keras", "amsgrad.h5"})
    void damagedFilesAreRefusedOrReadWithoutTheState(String name) throws IOException {
        byte[] whole = Files.readAllBytes(file(name));
        Random random = new Random(11);
        Path damaged = folder.resolve(name);
        for (int turn = 0; turn < 40; turn++) {
            byte[] bytes = whole.clone();
            for (int i = 0; i < 4; i++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            Files.write(damaged, bytes);
            try (Imported read = Imported.withTraining(damaged)) {
                assertTrue(read.model().trainingState().isPresent() || !read.report().notes().isEmpty());
            } catch (FormatException refused) {
                assertFalse(refused.getMessage().isBlank());
            }
        }
    }
}
